/**
 * The server under test: its ports, users and settings, and the archives to deploy. Knows nothing
 * of WebDAV.
 */
package org.meantime.it.server;
