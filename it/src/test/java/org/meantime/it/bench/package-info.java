/**
 * Benchmarks: {@code mvn -Pbench verify}. They print figures and fail only where an answer is
 * wrong.
 */
package org.meantime.it.bench;
