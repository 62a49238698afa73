package org.meantime.it;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.meantime.it.server.Archives;

/** The WAR at the root of the server, as docs/clients.md has it for Windows. */
class AtTheServersRootIT extends AboveTheRoot {
  private static final String ROOT = "<context-root>/</context-root>";

  AtTheServersRootIT() {
    super("");
  }

  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war()
        .addAsWebInfResource(
            new StringAsset("<glassfish-web-app>" + ROOT + "</glassfish-web-app>"),
            "glassfish-web.xml")
        .addAsWebInfResource(
            new StringAsset("<jboss-web>" + ROOT + "</jboss-web>"), "jboss-web.xml");
  }
}
