package org.meantime.dav.web.interim;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Knows one container's HTTP engine; found with {@link java.util.ServiceLoader}. May be loaded on
 * any container: a class the engine lacks is met in {@link #supports} first. Requests come out of
 * their wrappers, as the container made them.
 */
public interface InterimAdapter {
  /** True where the request comes from this adapter's engine. */
  boolean supports(HttpServletRequest request);

  /** Opens the engine's side of a supported request; called on the request's own thread. */
  RawExchange open(HttpServletRequest request);
}
