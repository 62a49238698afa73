/**
 * The vocabulary of WebDAV: immutable values with {@code parse} and {@code toString}, and the one
 * error type. Nothing here knows HTTP plumbing, XML binding, a store or a container; everything
 * else may use it.
 */
package org.meantime.dav;
