package org.meantime.it.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.glassfish.embeddable.CommandResult;
import org.glassfish.embeddable.GlassFish;
import org.glassfish.embeddable.GlassFishException;
import org.glassfish.embeddable.GlassFishProperties;
import org.glassfish.embeddable.GlassFishRuntime;
import org.glassfish.security.common.FileRealmStorageManager;

/**
 * The server of {@code mvn -Pserve}: an embedded Payara with one demo user and the WAR at the root.
 * Ends when it is told to (SIGINT, SIGTERM) or when the process that started it has ended.
 *
 * <p>Arguments: the folder of the server's configuration, the archive to deploy.
 */
public final class Serve {
  private static final String APPLICATION = "meantime";
  private static final String[] ROLES = {"dav-read", "dav-write", "dav-admin"};

  private final Options options;
  private final Path folder;
  private final GlassFish server;

  private Serve(Options options, Path configuration) throws Exception {
    this.options = options;
    folder = Files.createTempDirectory("meantime-serve-");
    System.setProperty("it.users", users().toString());
    GlassFishProperties properties = new GlassFishProperties();
    properties.setProperty("glassfish.embedded.tmpdir", folder.toString());
    properties.setConfigFileURI(configuration.resolve("domain.xml").toUri().toString());
    server = GlassFishRuntime.bootstrap().newGlassFish(properties);
  }

  public static void main(String[] args) throws Exception {
    ProcessHandle.current().parent().ifPresent(p -> p.onExit().thenRun(() -> System.exit(0)));
    HeldLog log = new HeldLog();
    try {
      Serve serve = new Serve(Options.read(), Path.of(args[0]));
      Runtime.getRuntime().addShutdownHook(new Thread(new Stop(serve.server, serve.folder)));
      serve.start(args[1]);
      log.release();
      serve.tell();
    } catch (IllegalArgumentException e) {
      System.err.println("Meantime did not start: " + e.getMessage());
      Stop.failed();
    } catch (GlassFishException e) {
      System.err.println("Meantime did not start: " + log.cause().orElse(e.getMessage()));
      System.err.println("All that was logged is in " + log.save());
      Stop.failed();
    }
    new CountDownLatch(1).await();
  }

  private void start(String archive) throws GlassFishException {
    server.start();
    CommandResult result =
        server
            .getCommandRunner()
            .run("deploy", "--name", APPLICATION, "--contextroot", "/", archive);
    if (result.getExitStatus() != CommandResult.ExitStatus.SUCCESS) {
      throw new GlassFishException(result.getOutput());
    }
  }

  private void tell() {
    System.out.println("Documents are kept in " + options.home());
    System.out.println("Also at https://127.0.0.1:" + options.httpsPort() + "/dav/");
    System.out.println(
        "Meantime ready: http://127.0.0.1:%d/dav/ user demo password %s"
            .formatted(options.port(), options.password()));
  }

  private Path users() throws IOException {
    Path file = Files.createFile(folder.resolve("users"));
    FileRealmStorageManager users = new FileRealmStorageManager(file.toString());
    users.addUser("demo", options.password().toCharArray(), ROLES);
    users.persist();
    return file;
  }
}
