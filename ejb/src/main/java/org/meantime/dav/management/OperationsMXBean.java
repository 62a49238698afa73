package org.meantime.dav.management;

import java.util.List;

/** What the operations are at, and what came of them since the application started. */
public interface OperationsMXBean {
  /** The version of the application, and the commit it was built from. */
  String getVersion();

  /** Requests of every method, GET, HEAD and OPTIONS included, that began to be executed. */
  long getStarted();

  /** Of these, those that have not ended. */
  int getRunning();

  /** Interim responses (102) put on the wire. */
  long getInterims();

  /** Operations told to stop: a reader's client left, or the application is being undeployed. */
  long getCancelled();

  /** Operations that ended with an error of the server (5xx) without being told to stop. */
  long getFailed();

  /** Operations whose client was found to have left before the response was whole. */
  long getClientsGone();

  /** Requests answered with 503 because there was too much work in hand; never started. */
  long getRefused();

  /** Those that run now, the oldest first. */
  List<InFlight> getInFlight();
}
