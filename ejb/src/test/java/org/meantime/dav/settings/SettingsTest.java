package org.meantime.dav.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.ResourcePath;

class SettingsTest {
  private static final String FIRST = "meantime.interim.first";

  @AfterEach
  void forget() {
    System.clearProperty(FIRST);
  }

  private static Settings given(String key, String value) {
    return new Settings(name -> Optional.ofNullable(Map.of(key, value).get(name)));
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource({
    "meantime.interim.first, soon, a positive ISO-8601 duration",
    "meantime.interim.first, 10, a positive ISO-8601 duration",
    "meantime.interim.first, PT0S, a positive ISO-8601 duration",
    "meantime.interim.interval, -PT1S, a positive ISO-8601 duration",
    "meantime.lock.timeout, P36501D, a positive ISO-8601 duration",
    "meantime.hsts, -PT1S, 'or PT0S for none'",
    "meantime.login.delay, soon, 'or PT0S for none'",
    "meantime.documents.run, wiki, a path starts with a slash",
    "meantime.documents.run, /a /%00, names no member",
    "meantime.propfind.infinity, maybe, 'one of allow, refuse'",
    "meantime.xml.max, 0, a positive whole number",
    "meantime.xml.max, 1 MB, a positive whole number",
    "meantime.executor.limit, 99999999999999999999, a positive whole number"
  })
  void anInvalidValue_isNamedWithWhatIsWanted(String key, String value, String wanted) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> given(key, value));
    assertEquals(
        key + "=" + value + " is not valid",
        refused.getMessage().substring(0, refused.getMessage().indexOf(": ")));
    assertTrue(refused.getMessage().contains(wanted), refused.getMessage());
  }

  @Test
  void paths_areDecoded_andNoneAtFirst() {
    assertEquals(
        List.of(ResourcePath.parse("/wiki"), ResourcePath.ROOT.member("a b").member("c")),
        given("meantime.documents.run", " /%77iki/  /a%20b/c ").paths(Setting.DOCUMENTS_RUN));
    assertEquals(List.of(), given(FIRST, "PT1S").paths(Setting.DOCUMENTS_RUN));
  }

  @Test
  void blankCountsAsNotGiven() {
    Settings settings = given(FIRST, "  ");
    assertEquals(Duration.ofSeconds(10), settings.duration(Setting.INTERIM_FIRST));
    assertEquals("default", settings.origin(Setting.INTERIM_FIRST));
  }

  @Test
  void aSystemProperty_comesBeforeAContextParameter() {
    System.setProperty(FIRST, "PT2S");
    Map<String, String> parameters = Map.of(FIRST, "PT3S", "meantime.xml.max", " 99 ");
    Settings settings = new Settings();
    settings.begin("/docs", name -> Optional.ofNullable(parameters.get(name)));
    assertEquals(Duration.ofSeconds(2), settings.duration(Setting.INTERIM_FIRST));
    assertEquals("system property", settings.origin(Setting.INTERIM_FIRST));
    assertEquals(99, settings.number(Setting.XML_MAX));
    assertEquals("context parameter", settings.origin(Setting.XML_MAX));
    assertEquals("PT1H", settings.text(Setting.LOCK_TIMEOUT));
    assertEquals("default", settings.origin(Setting.LOCK_TIMEOUT));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"/docs, PT2S", "/other, PT1S", "'', PT1S", "/docs/old, PT3S"})
  void whatIsGivenToOneApplication_isNotThatOfAnother(String contextPath, String first) {
    Map<String, String> parameters =
        Map.of(
            FIRST,
            "PT1S",
            "meantime.docs.interim.first",
            "PT2S",
            "meantime.docs.old.interim.first",
            "PT3S");
    Settings settings = new Settings();
    settings.begin(contextPath, name -> Optional.ofNullable(parameters.get(name)));
    assertEquals(first, settings.text(Setting.INTERIM_FIRST));
  }

  @Test
  void aChange_holdsAndSaysWhoseItIs() {
    Settings settings = given(FIRST, "PT5S");
    settings.change(Setting.INTERIM_FIRST, "PT6S", "somebody");
    assertEquals(Duration.ofSeconds(6), settings.duration(Setting.INTERIM_FIRST));
    assertEquals("somebody", settings.origin(Setting.INTERIM_FIRST));
  }

  @Test
  void anInvalidChange_changesNothing() {
    Settings settings = given(FIRST, "PT5S");
    assertThrows(
        IllegalArgumentException.class,
        () -> settings.change(Setting.INTERIM_FIRST, "soon", "somebody"));
    assertEquals("PT5S", settings.text(Setting.INTERIM_FIRST));
    assertEquals("given", settings.origin(Setting.INTERIM_FIRST));
  }

  @Test
  void whatIsReadAtTheStart_cannotBeChanged() {
    Settings settings = given("meantime.store.home", "/here");
    assertThrows(
        IllegalArgumentException.class,
        () -> settings.change(Setting.STORE_HOME, "/there", "somebody"));
    assertEquals("/here", settings.text(Setting.STORE_HOME));
  }
}
