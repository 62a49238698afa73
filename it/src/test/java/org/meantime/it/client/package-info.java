/**
 * Real clients against the deployed WAR: what people use, doing what people do. Each needs its tool
 * on the machine; where it is missing the tests are skipped and say so, but in CI they fail.
 */
package org.meantime.it.client;
