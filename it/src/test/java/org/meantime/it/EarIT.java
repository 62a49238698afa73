package org.meantime.it;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Tag;
import org.meantime.it.server.Archives;

/** The EAR does the everyday things. */
@Tag("ear") // Payara Micro takes none
class EarIT extends EverydayMethods {
  @Deployment(testable = false)
  static EnterpriseArchive archive() {
    return Archives.ear();
  }
}
