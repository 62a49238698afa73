/**
 * An HTTP client that hides nothing: what goes on the wire is written byte by byte, and every
 * interim response is seen, with its time. {@link org.meantime.it.http.Dav} makes it pleasant.
 */
package org.meantime.it.http;
