/**
 * What can be seen of long operations from outside, on any WebDAV server: 102, 207, 202,
 * cancellation. Work is made long by its size alone, so nothing here may need a store, a user or a
 * setting of ours. What a server does not offer is told apart from what it does wrong. How to point
 * it at a server: docs/conformance.md.
 */
package org.meantime.it.conformance;
