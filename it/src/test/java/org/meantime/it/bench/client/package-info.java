/**
 * The client of the benchmarks of everyday work: a program of its own, cheap enough not to be what
 * is measured, which checks every answer. It is told on its standard input what to do, see {@link
 * org.meantime.it.bench.client.ClientProcess}.
 */
package org.meantime.it.bench.client;
