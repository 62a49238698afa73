/**
 * A request being executed: its progress, the wire to each of its clients, the heartbeat that sends
 * interim responses, the document that tells of it meanwhile and later, and the ports through which
 * it answers. Knows no servlet, no store and no method.
 */
package org.meantime.dav.operation;
