package org.meantime.dav.store.repository;

/**
 * Something to be found in the database, and the key under which what was found is kept: equal
 * where it is the same.
 *
 * @param <T> what is found, which does not change
 */
interface Recalled<T> {
  /** Looks it up; never null. */
  T read(Session session);

  /** About how much memory that takes, what everything takes left out. */
  int bytes(T found);
}
