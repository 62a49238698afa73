/**
 * Reverse proxies in front of the deployed WAR, each with its configuration of {@code
 * docs/proxies/}. Where the program is missing the tests are skipped, but in CI they fail.
 */
package org.meantime.it.proxy;
