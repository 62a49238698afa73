/** Stub: replaced at the merge. */
package org.meantime.dav.method;
