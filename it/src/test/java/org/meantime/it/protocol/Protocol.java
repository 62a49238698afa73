package org.meantime.it.protocol;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.server.Archives;

/** The WAR with its defaults. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class Protocol {
  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war();
  }
}
