/**
 * What an administrator sees and changes while the application runs: the MBeans of its settings and
 * of its operations. Decides nothing itself.
 */
package org.meantime.dav.management;
