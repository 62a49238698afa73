package org.meantime.it.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.remote.JMXServiceURL;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;

/** WildFly in a JVM of its own, unpacked by the build. */
final class ManagedWildfly implements Container {
  @Override
  public void prepare(Path folder) throws IOException {
    System.setProperty(
        "it.jmx",
        "service:jmx:remote+http://127.0.0.1:" + System.getProperty("it.management.port"));
    Path configuration = Path.of(System.getProperty("it.wildfly"), "standalone", "configuration");
    users(configuration.resolve("application-users.properties"), ManagedWildfly::hash);
    users(
        configuration.resolve("application-roles.properties"),
        user -> String.join(",", user.roles()));
  }

  private static void users(Path file, Function<User, String> value) throws IOException {
    Files.write(
        file,
        User.known().stream()
            .map(user -> user.username() + "=" + value.apply(user))
            .collect(Collectors.toList()));
  }

  private static String hash(User user) {
    String text = user.username() + ":ApplicationRealm:" + user.password();
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void configure(Map<String, String> settings) throws IOException {
    int port = Integer.getInteger("it.management.port");
    try (ModelControllerClient client = ModelControllerClient.Factory.create("127.0.0.1", port)) {
      for (ModelNode name : execute(client, systemProperties()).asList()) {
        if (name.asString().startsWith("meantime.")) {
          execute(client, Operations.createRemoveOperation(address(name.asString())));
        }
      }
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        ModelNode add = Operations.createAddOperation(address(setting.getKey()));
        add.get("value").set(setting.getValue());
        execute(client, add);
      }
    }
  }

  @Override
  public JMXServiceURL jmx() throws IOException {
    return new JMXServiceURL(
        "service:jmx:remote+http://127.0.0.1:" + System.getProperty("it.management.port"));
  }

  private static ModelNode systemProperties() {
    ModelNode names =
        Operations.createOperation("read-children-names", new ModelNode().setEmptyList());
    names.get("child-type").set("system-property");
    return names;
  }

  private static ModelNode address(String property) {
    return Operations.createAddress("system-property", property);
  }

  private static ModelNode execute(ModelControllerClient client, ModelNode operation)
      throws IOException {
    ModelNode outcome = client.execute(operation);
    if (!Operations.isSuccessfulOutcome(outcome)) {
      throw new IllegalStateException(Operations.getFailureDescription(outcome).asString());
    }
    return Operations.readResult(outcome);
  }
}
