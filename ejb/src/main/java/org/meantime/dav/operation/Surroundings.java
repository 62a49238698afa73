package org.meantime.dav.operation;

import java.util.function.LongSupplier;

/**
 * What an operation finds when it begins.
 *
 * @param nanoClock {@link System#nanoTime} outside tests
 * @param counters where what comes of it is counted
 * @param documents where one that takes a while can be found
 */
record Surroundings(
    Pace pace,
    Bounds bounds,
    LongSupplier nanoClock,
    Counters counters,
    OperationDocuments documents) {}
