package org.meantime.dav.xml;

/** {@code DAV:response} (RFC 4918 §14.24). */
public final class Response {}
