/**
 * Locks: the policy of RFC 4918 §6 and §7, beside the store and never inside it. Which locks exist,
 * which conflict, when they end. Whether a request may go ahead is decided in {@code method}; where
 * locks are kept is behind {@code LockTable}.
 */
package org.meantime.dav.lock;
