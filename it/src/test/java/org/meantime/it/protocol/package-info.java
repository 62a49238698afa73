/**
 * What RFC 4918, RFC 9110 and our own promises say of every request, held against the deployed WAR
 * with its defaults, over the wire. Where the container answers before the application can, a row
 * says so. What goes on while work takes long is not here. Tests tagged {@code ours} need our users
 * or a store of their own; the others can be pointed at any URL.
 */
package org.meantime.it.protocol;
