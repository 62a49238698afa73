/**
 * HTTP in and out: the servlet, who may, requests parsed into records, replies streamed. The only
 * package that sees {@code jakarta.servlet}; what a method means is not known here.
 */
package org.meantime.dav.web;
