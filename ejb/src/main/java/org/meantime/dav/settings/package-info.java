/**
 * The settings of the deployment: every {@code meantime.*} name, its default, and the one class
 * that reads them. Knows nothing of what they are for.
 */
package org.meantime.dav.settings;
