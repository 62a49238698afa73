package org.meantime.it;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.meantime.it.server.Archives;

/** The WAR alone does the everyday things. */
class SmokeIT extends EverydayMethods {
  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war();
  }
}
