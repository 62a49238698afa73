/**
 * A store for tests that is slow, or stands still, where and when a test says so. It takes the
 * place of the built-in store, which does the work behind it.
 */
package org.meantime.slow;
