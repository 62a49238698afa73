/**
 * The properties of resources: the table of live ones, and the collector that answers for one
 * resource what a PROPFIND asks. Which locks and members there are, it is told.
 */
package org.meantime.dav.property;
