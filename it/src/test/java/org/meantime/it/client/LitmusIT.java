package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.server.User;

/** litmus, the test suite of WebDAV servers; a warning counts as a failure. */
class LitmusIT extends RealClient {
  private static final Pattern SUMMARY =
      Pattern.compile("of (\\d+) tests run: (\\d+) passed, (\\d+) failed");

  @ParameterizedTest
  @ValueSource(strings = {"basic", "copymove", "props", "locks", "http"})
  void suite_passesWithoutWarning(String suite) {
    Tool litmus = Tool.find("litmus").with(Map.of("TESTS", suite));
    String url = Dav.inNewCollection().url("/");
    String user = User.WRITER.username();
    String output = litmus.attempt(List.of(), url, user, User.WRITER.password()).text();
    Matcher summary = SUMMARY.matcher(output);
    assertTrue(summary.find(), output);
    System.out.println("litmus " + suite + ": " + summary.group());
    assertTrue(Integer.parseInt(summary.group(1)) > 0, output);
    assertEquals(summary.group(1), summary.group(2), output);
    assertFalse(output.contains("WARNING") || output.contains("SKIPPED"), output);
  }
}
