package org.meantime.dav.request;

import org.meantime.dav.Prefer;

/**
 * What a request says about the program that sent it.
 *
 * @param agent the User-Agent; empty where there is none
 * @param proxied whether the request shows that a proxy passed it on
 * @param prefer what it would like
 */
public record Client(String agent, boolean proxied, Prefer prefer) {
  /** No program in particular. */
  static final Client ANY = new Client("", false, Prefer.NOTHING);
}
