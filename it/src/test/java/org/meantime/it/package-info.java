/**
 * Tests of the deployed archives over the wire. Uses no class of the server: what it reads, it
 * reads with XPath and its own HTTP client, so that a mistake made on both sides would show.
 */
package org.meantime.it;
