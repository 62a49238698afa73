package org.meantime.dav.web.interim;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Knows one container's HTTP engine; found with {@link java.util.ServiceLoader}. May be loaded on
 * any container: a class the engine lacks is met in {@link #supports} first. Requests come out of
 * their wrappers, as the container made them.
 */
public interface InterimAdapter {
  /** True where the request comes from this adapter's engine. */
  boolean supports(HttpServletRequest request);

  /**
   * Keeps from the engine what it would take for something else, for the application at that path
   * and until what is returned is closed. Called as the application starts.
   */
  default Optional<AutoCloseable> guard(String context) {
    return Optional.empty();
  }

  /** Opens the engine's side of a supported request; called on the request's own thread. */
  RawExchange open(HttpServletRequest request);
}
