package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.web.Credentials.Pair;

class CredentialsTest {
  private static Credentials of(String field) {
    return new Credentials(field, "192.0.2.1");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ASCII, 613a62, a, b",
    "UTF-8, 70c3a43ac39f, pä, ß",
    "ISO-8859-1, 70e43adf, pä, ß",
    "UTF-8 beyond it, e282ac3ae282ac, €, €",
    "a colon in the password, 613a623a63, a, b:c",
    "an empty password, 613a, a, ''",
    "an empty user, 3a62, '', b",
  })
  void pair_isReadAsUtf8OrElseIso88591(String row, String bytes, String user, String password) {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(bytes));
    for (String field : new String[] {"Basic " + base64, "basic  " + base64.replace("=", "")}) {
      assertEquals(Optional.of(new Pair(user, password)), of(field).pair());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic YQ==", "Basic !!!", "Basic ", "Basic", "Bearer YTpi", "", "Basic __--"})
  void whatIsNone_hasNoPair(String field) {
    assertEquals(Optional.empty(), of(field).pair());
  }
}
