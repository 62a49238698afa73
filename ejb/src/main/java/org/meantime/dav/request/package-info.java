/**
 * Requests as immutable data, one record per method, parsed once and complete: no header is read
 * later. What they mean is in {@code method}.
 */
package org.meantime.dav.request;
