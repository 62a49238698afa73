package org.meantime.it;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.meantime.it.server.Archives;

/** The WAR where it is by default. */
class AboveTheRootIT extends AboveTheRoot {
  AboveTheRootIT() {
    super("/meantime");
  }

  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war();
  }
}
