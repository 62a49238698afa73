package org.meantime.it.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.descriptor.api.Descriptor;

/**
 * Arquillian's way to a {@link StandaloneServer}. The profiles that want it name it to Arquillian,
 * by {@code src/server/standalone}.
 */
public final class StandaloneAdapter
    implements DeployableContainer<StandaloneAdapter.Configuration> {
  private final StandaloneServer server = (StandaloneServer) Container.current();
  private final Map<String, Path> deployed = new HashMap<>();

  /** Tells Arquillian of the adapter. */
  public static final class Extension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
      builder.service(DeployableContainer.class, StandaloneAdapter.class);
    }
  }

  /** Has nothing: {@link Container#prepare} knows all. */
  public static final class Configuration implements ContainerConfiguration {
    @Override
    public void validate() {}
  }

  @Override
  public Class<Configuration> getConfigurationClass() {
    return Configuration.class;
  }

  @Override
  public void setup(Configuration configuration) {}

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return new ProtocolDescription("Local");
  }

  @Override
  public void start() throws LifecycleException {
    try {
      server.start();
    } catch (IOException e) {
      throw new LifecycleException("the server did not start", e);
    }
  }

  @Override
  public void stop() throws LifecycleException {
    try {
      server.stop();
    } catch (IOException e) {
      throw new LifecycleException("the server did not stop", e);
    }
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
    try {
      Path folder = Files.createTempDirectory(Server.folder(), "archive-");
      File file = folder.resolve(archive.getName()).toFile();
      archive.as(ZipExporter.class).exportTo(file);
      server.deploy(file.toPath());
      deployed.put(archive.getName(), file.toPath());
    } catch (IOException | IllegalStateException e) {
      throw new DeploymentException(archive.getName(), e);
    }
    return new ProtocolMetaData();
  }

  @Override
  public void undeploy(Archive<?> archive) throws DeploymentException {
    Path file = deployed.remove(archive.getName());
    try {
      if (file != null) {
        server.undeploy(file);
      }
    } catch (IOException | IllegalStateException e) {
      throw new DeploymentException(archive.getName(), e);
    }
  }

  @Override
  public void deploy(Descriptor descriptor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void undeploy(Descriptor descriptor) {
    throw new UnsupportedOperationException();
  }
}
