package org.meantime.it.server;

/**
 * What a JVM uses.
 *
 * @param heap bytes of it that are in use
 * @param resident bytes of memory the process has; where the whole heap was touched as it started,
 *     what is added later is not heap: the stacks of threads above all
 * @param threads how many are alive
 */
public record Usage(long heap, long resident, int threads) {}
