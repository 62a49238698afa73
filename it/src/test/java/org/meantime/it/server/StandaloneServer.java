package org.meantime.it.server;

import java.io.IOException;
import java.nio.file.Path;

/** A server in a process of its own, which {@link StandaloneAdapter} drives for Arquillian. */
interface StandaloneServer extends Container {
  void start() throws IOException;

  void stop() throws IOException;

  /** Deploys a file at the context root of its name. */
  void deploy(Path archive) throws IOException;

  void undeploy(Path archive) throws IOException;
}
