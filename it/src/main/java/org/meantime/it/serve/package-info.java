/**
 * {@code mvn -Pserve}: the WAR on an embedded Payara, in the foreground, to try and to work with. A
 * launcher in Maven's JVM, the server in one of its own. No part of what is deployed.
 */
package org.meantime.it.serve;
