package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Request;
import org.meantime.it.server.Archives;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** How an application starts with its settings, and what of it is left when it ended. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("deployer") // deploys while the server runs
class StartupIT {
  private static final String CONFIG = "META-INF/microprofile-config.properties";

  @ArquillianResource private Deployer deployer;
  private Jmx jmx;

  @Deployment(name = "plain", managed = false, testable = false)
  static WebArchive plain() throws IOException {
    Path home = Files.createTempDirectory(Server.folder(), "second-");
    return Archives.war(Map.of("meantime.second.store.home", home.toString()));
  }

  @Deployment(name = "second", managed = false, testable = false)
  static WebArchive second() throws IOException {
    String home = Files.createTempDirectory(Server.folder(), "second-").toString();
    return war("second")
        .addAsResource(new StringAsset("config_ordinal=500\nmeantime.store.home=" + home), CONFIG);
  }

  @Deployment(name = "configured", managed = false, testable = false)
  static WebArchive configured() throws IOException {
    return war("configured")
        .addAsResource(new StringAsset("meantime.interim.first=PT3S"), CONFIG)
        .setWebXML(
            new StringAsset(
                descriptor("meantime.interim.first", "PT4S", "meantime.xml.max", "4444")));
  }

  @Deployment(name = "invalid", managed = false, testable = false)
  static WebArchive invalid() {
    return war("invalid").addAsResource(new StringAsset("meantime.lock.timeout=soon"), CONFIG);
  }

  @Deployment(name = "invalid-descriptor", managed = false, testable = false)
  static WebArchive invalidDescriptor() throws IOException {
    return war("invalid-descriptor")
        .setWebXML(new StringAsset(descriptor("meantime.xml.max", "-1")));
  }

  @Deployment(name = "no-executor", managed = false, testable = false)
  static WebArchive noExecutor() {
    return war("no-executor")
        .addAsResource(new StringAsset("meantime.executor=concurrent/nowhere"), CONFIG);
  }

  /** A copy of the WAR that is called, and reached at, that name. */
  private static WebArchive war(String name) {
    return ShrinkWrap.create(ZipImporter.class, name + ".war")
        .importFrom(new File(System.getProperty("it.war")))
        .as(WebArchive.class);
  }

  /** The web.xml of the archive with context parameters, each a name and a value. */
  private static String descriptor(String... parameters) throws IOException {
    StringBuilder added = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      added.append("<context-param><param-name>").append(parameters[i]);
      added.append("</param-name><param-value>").append(parameters[i + 1]);
      added.append("</param-value></context-param>");
    }
    try (ZipFile war = new ZipFile(System.getProperty("it.war"))) {
      byte[] text = war.getInputStream(war.getEntry("WEB-INF/web.xml")).readAllBytes();
      return new String(text).replaceFirst("<servlet>", added + "<servlet>");
    }
  }

  @BeforeEach
  void connect() throws IOException {
    jmx = Jmx.connect();
  }

  @AfterEach
  void disconnect() throws IOException {
    jmx.close();
  }

  private Set<String> names() throws JMException, IOException {
    Set<ObjectName> all = jmx.names("Settings");
    all.addAll(jmx.names("Operations"));
    return all.stream().map(ObjectName::getCanonicalName).collect(Collectors.toSet());
  }

  @Test
  void anApplicationThatEnded_leavesNoNameBehind() throws JMException, IOException {
    deployer.deploy("plain");
    assertEquals(
        Set.of("org.meantime.dav:type=Settings", "org.meantime.dav:type=Operations"), names());
    deployer.undeploy("plain");
    assertEquals(Set.of(), names());
  }

  @Test
  void twoCopiesOnOneServer_haveNamesOfTheirOwn() throws JMException, IOException {
    deployer.deploy("plain");
    deployer.deploy("second");
    assertEquals(
        Set.of(
            "org.meantime.dav:type=Settings",
            "org.meantime.dav:type=Operations",
            "org.meantime.dav:application=/second,type=Settings",
            "org.meantime.dav:application=/second,type=Operations"),
        names());
    deployer.undeploy("second");
    deployer.undeploy("plain");
    assertEquals(Set.of(), names());
  }

  private static Request byWriter(String method, String target) {
    return new Request(method, target)
        .header("Authorization", User.WRITER.authorization().orElseThrow());
  }

  @Test
  void twoCopiesOnOneServer_haveStoresOfTheirOwn() {
    deployer.deploy("plain");
    deployer.deploy("second");
    try {
      byWriter("PUT", "/meantime/dav/d").body("plain").send().is(201);
      byWriter("GET", "/second/dav/d").send().is(404);
      byWriter("PUT", "/second/dav/d").body("second").send().is(201);
      assertEquals("plain", byWriter("GET", "/meantime/dav/d").send().is(200).text());
    } finally {
      deployer.undeploy("second");
      deployer.undeploy("plain");
    }
  }

  @Test
  void contextParameters_comeAfterAllOthersAndBeforeTheDefaults() {
    deployer.deploy("configured");
    try {
      assertEquals("PT3S", jmx.get("Settings", "meantime.interim.first"));
      assertEquals("4444", jmx.get("Settings", "meantime.xml.max"));
      String[] origins = (String[]) jmx.get("Settings", "origins");
      assertTrue(Arrays.asList(origins).contains("meantime.xml.max: context parameter"));
    } finally {
      deployer.undeploy("configured");
    }
  }

  /** Payara tells its log why, and the adapter of the embedded one tells nobody that it failed. */
  private void assertDeploymentStops(String name, String reason) throws JMException, IOException {
    StringBuffer told = new StringBuffer();
    Handler log = new Listener(told);
    Logger.getLogger("").addHandler(log);
    try {
      deployer.deploy(name);
    } catch (Exception e) { // a checked one, though none is declared
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      told.append(trace);
    } finally {
      Logger.getLogger("").removeHandler(log);
    }
    assertTrue(told.indexOf(reason) >= 0, told::toString);
    new Request("GET", "/" + name + "/dav/").send().is(404);
    assertEquals(Set.of(), names());
  }

  private static final class Listener extends Handler {
    private final StringBuffer told;

    Listener(StringBuffer told) {
      this.told = told;
    }

    @Override
    public void publish(LogRecord entry) {
      told.append(entry.getMessage()).append('\n');
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void anInvalidValue_stopsTheDeploymentAndIsNamed() throws JMException, IOException {
    assertDeploymentStops("invalid", "meantime.lock.timeout=soon is not valid");
  }

  @Test
  void anInvalidContextParameter_stopsTheDeploymentAndIsNamed() throws JMException, IOException {
    assertDeploymentStops("invalid-descriptor", "meantime.xml.max=-1 is not valid");
  }

  @Test
  void anExecutorThatIsNotThere_stopsTheDeploymentAndIsNamed() throws JMException, IOException {
    assertDeploymentStops("no-executor", "meantime.executor=concurrent/nowhere is no executor");
  }
}
