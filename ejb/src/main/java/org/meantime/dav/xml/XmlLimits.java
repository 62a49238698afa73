package org.meantime.dav.xml;

/**
 * How much a request body may hold.
 *
 * @param bytes of XML; more are a 413
 * @param names of properties; more are a 403
 */
public record XmlLimits(long bytes, long names) {}
