/**
 * The built-in store: a tree, dead properties and locks in SQL, content by its SHA-256 in the
 * database when small and in files when not; and beside it the journal of operations. {@code
 * RepositoryStore}, {@code SqlLockTable} and {@code FileJournal} are found through CDI; nothing
 * else is of use to anyone outside.
 */
package org.meantime.dav.store.repository;
