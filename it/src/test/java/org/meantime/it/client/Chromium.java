package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/**
 * A Chromium without a window, with a profile of its own, in which somebody looks at pages of the
 * server under test. What is looked for is waited for. In its console there must be no complaint.
 */
public final class Chromium implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;
  // nothing but the server under test is visited, and root is allowed no sandbox
  private static final List<String> ARGUMENTS =
      List.of("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");

  private final WebDriver driver;
  private final User user;

  private Chromium(WebDriver driver, User user) {
    this.driver = driver;
    this.user = user;
  }

  /** A browser that logs in as that user. */
  public static Chromium open(User user) throws Exception {
    return open(user, Map.of());
  }

  /** The same with JavaScript switched off. */
  public static Chromium openWithoutScripts(User user) throws Exception {
    return open(user, Map.of("profile.managed_default_content_settings.javascript", 2));
  }

  private static Chromium open(User user, Map<String, Object> given) throws Exception {
    Tool.find("chromium"); // as chromedriver does
    Map<String, Object> preferences = new HashMap<>(given);
    preferences.put("download_restrictions", 3); // what it does not show, it forgets
    JsonObject options =
        Json.createObjectBuilder()
            .add("args", Json.createArrayBuilder(ARGUMENTS))
            .add("prefs", Json.createObjectBuilder(preferences))
            .build();
    JsonObject capabilities =
        Json.createObjectBuilder()
            .add("goog:chromeOptions", options)
            .add("goog:loggingPrefs", with("browser", "ALL"))
            .add("timeouts", Json.createObjectBuilder().add("implicit", PATIENCE_MS))
            .build();
    return new Chromium(WebDriver.start(capabilities), user);
  }

  /** What has been complained of in its console since this was last asked. */
  public String complaints() {
    return driver.post("/se/log", with("type", "browser")).toString();
  }

  private static JsonObject with(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  /** Goes to a page. */
  public Chromium go(String path) {
    String login = user.username() + ":" + user.password();
    String url = "http://" + login + "@127.0.0.1:" + Server.port() + path;
    driver.post("/url", with("url", url));
    return this;
  }

  /** The path of the page that is shown. */
  public String path() {
    return URI.create(string(driver.get("/url"))).getPath();
  }

  /** The first element that an XPath finds, as soon as there is one. */
  public Element await(String xpath) {
    return element(driver.post("/element", xpath(xpath)));
  }

  /** All elements that an XPath finds, as soon as there is one. */
  public List<Element> awaitAll(String xpath) {
    return driver.post("/elements", xpath(xpath)).asJsonArray().stream()
        .map(this::element)
        .toList();
  }

  private static JsonObject xpath(String xpath) {
    return Json.createObjectBuilder().add("using", "xpath").add("value", xpath).build();
  }

  /** The element that has the focus. */
  public Element focused() {
    return element(driver.get("/element/active"));
  }

  private Element element(JsonValue reference) {
    return new Element("/element/" + string(reference.asJsonObject().values().iterator().next()));
  }

  /** What a script returns. */
  public JsonValue run(String script) {
    JsonObject body =
        Json.createObjectBuilder()
            .add("script", script)
            .add("args", JsonValue.EMPTY_JSON_ARRAY)
            .build();
    return driver.post("/execute/sync", body);
  }

  /** Presses a key, wherever the focus is. */
  public void press(Key key) {
    JsonObject keyboard =
        Json.createObjectBuilder()
            .add("type", "key")
            .add("id", "keyboard")
            .add(
                "actions",
                Json.createArrayBuilder().add(stroke("keyDown", key)).add(stroke("keyUp", key)))
            .build();
    driver.post(
        "/actions",
        Json.createObjectBuilder().add("actions", Json.createArrayBuilder().add(keyboard)).build());
  }

  private static JsonObject stroke(String type, Key key) {
    return Json.createObjectBuilder().add("type", type).add("value", key.code).build();
  }

  @Override
  public void close() {
    JsonValue complaints;
    try (driver) {
      complaints = driver.post("/se/log", with("type", "browser"));
    }
    assertEquals(JsonValue.EMPTY_JSON_ARRAY, complaints);
  }

  private static String string(JsonValue value) {
    return ((JsonString) value).getString();
  }

  /** A key of the keyboard, as WebDriver calls it. */
  public enum Key {
    TAB("\uE004"),
    ENTER("\uE007");

    private final String code;

    Key(String code) {
      this.code = code;
    }
  }

  /** An element, for as long as it is on the page that is shown. */
  public final class Element {
    private final String at;

    private Element(String at) {
      this.at = at;
    }

    public void click() {
      driver.post(at + "/click", JsonValue.EMPTY_JSON_OBJECT);
    }

    /** What is seen of its text. */
    public String text() {
      return string(driver.get(at + "/text"));
    }

    /** What a screen reader calls it. */
    public String label() {
      return string(driver.get(at + "/computedlabel"));
    }

    /** What a screen reader says it is. */
    public String role() {
      return string(driver.get(at + "/computedrole"));
    }
  }
}
