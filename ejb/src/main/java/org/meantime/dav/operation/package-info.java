/**
 * A request being executed: its progress, its one monitor, the heartbeat that sends its interim
 * responses, and the ports through which it answers. Knows no servlet, no store and no method.
 */
package org.meantime.dav.operation;
