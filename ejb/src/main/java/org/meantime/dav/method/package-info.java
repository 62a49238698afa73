/**
 * What each method means. {@code Processor} is the way in and the only public class: it checks
 * conditions and locks, once and in the same way for all, and hands the request to the class of its
 * method, which asks the store, acts, and replies.
 */
package org.meantime.dav.method;
