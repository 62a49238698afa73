package org.meantime.dav.operation;

import java.time.Duration;

/**
 * How often an operation says that it is still at work.
 *
 * @param first how long work goes on before the first 102
 * @param interval the time from one 102 to the next
 */
public record Pace(Duration first, Duration interval) {}
