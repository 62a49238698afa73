/**
 * What the servlet API cannot say and a container can: interim responses, reason phrases, sending a
 * file as it is, breaking a response off. One adapter per container, and its vendor's types stay
 * inside the adapter.
 */
package org.meantime.dav.web.interim;
