package org.meantime.dav.lock;

/** Exclusive or shared (RFC 4918 §6.2). */
public enum LockScope {
  EXCLUSIVE,
  SHARED
}
