package org.meantime.dav.request;

import org.meantime.dav.LockToken;

/** UNLOCK (RFC 4918 §9.11). */
public record UnlockRequest(RequestHead head, LockToken token) implements DavRequest {}
