package org.meantime.it.client;

/** What a program in Java does with a client library; all fail where the status is not right. */
interface Library {
  void copy(String from, String to) throws Exception;

  /** How many resources are there, the collection included. */
  int list(String url) throws Exception;

  String get(String url) throws Exception;
}
