package org.meantime.it.client;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.server.Archives;

/** The WAR with its defaults, as every client finds it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class RealClient {
  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war();
  }
}
