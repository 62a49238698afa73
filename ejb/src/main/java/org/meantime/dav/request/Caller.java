package org.meantime.dav.request;

/**
 * The authenticated user of a request.
 *
 * @param name the principal's name, never empty
 * @param admin whether the user has the role {@code dav-admin}
 */
public record Caller(String name, boolean admin) {}
