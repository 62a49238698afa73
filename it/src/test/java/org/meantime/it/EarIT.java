package org.meantime.it;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.meantime.it.server.Archives;

/** The EAR does the everyday things. */
class EarIT extends EverydayMethods {
  @Deployment(testable = false)
  static EnterpriseArchive archive() {
    return Archives.ear();
  }
}
