/**
 * The built-in store: a tree, dead properties and locks in SQL, content by its SHA-256 in the
 * database when small and in files when not. {@code RepositoryStore} and {@code SqlLockTable} are
 * found through CDI; nothing else is of use to anyone outside.
 */
package org.meantime.dav.store.repository;
