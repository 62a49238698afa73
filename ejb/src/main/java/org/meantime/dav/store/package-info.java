/**
 * The SPI an enterprise document store implements, found through CDI. {@code Store} and the
 * resources it returns are all of it; {@code Tree…}, {@code LanguageKeeping}, {@code DateKeeping}
 * and {@code QuotaReporting} are optional capabilities a store may add, each with a working
 * fallback in the methods. No HTTP, no locks, no statuses beyond what only a store can know.
 */
package org.meantime.dav.store;
