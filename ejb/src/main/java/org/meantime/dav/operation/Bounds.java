package org.meantime.dav.operation;

import java.time.Duration;

/**
 * What an operation may not exceed.
 *
 * @param stalled the longest time without progress
 * @param timeout the longest time in all
 * @param outlivesClient whether a change goes on to its end when its client has left
 */
record Bounds(Duration stalled, Duration timeout, boolean outlivesClient) {}
