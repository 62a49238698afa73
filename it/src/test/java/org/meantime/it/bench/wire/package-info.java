/** As much HTTP as the client of the benchmarks needs, as cheap as can be. */
package org.meantime.it.bench.wire;
