package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Way;
import org.meantime.it.http.Xml;
import org.meantime.it.server.Server;

/** A name is served alike wherever it stands and whichever way the request comes. */
class NamesIT extends Protocol {
  /** What RFC 3986 §3.3 lets stand in a segment as it is, besides letters and digits. */
  private static final String PLAIN = "-._~!$&'()*+,;=:@";

  private static final String PROPERTY =
      "<D:propertyupdate><D:set><D:prop><Z:p>v</Z:p></D:prop></D:set></D:propertyupdate>";
  private static final Pattern LINK =
      Pattern.compile("<tr><td><a href=\"([^\"]*)\">([^<]*)</a></td>");
  private static final Map<String, String> ENTITIES =
      Map.of("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#39;", "'", "&amp;", "&");

  private static final List<String> NAMES =
      List.of(
          "Gr\u00fc\u00dfe.txt",
          "Gru\u0308\u00dfe.txt",
          "\u00e9 in part e\u0301",
          "\u1112\u1161\u11ab",
          "a;b.odt",
          "a;v=1",
          "C#notes.pdf",
          "#",
          "100%",
          "%25",
          "%2F",
          "a+b",
          "a&b",
          "a&amp;b",
          "it's",
          "\"q\"",
          "[a](b){c}<d>",
          "a:b.txt",
          "a,b@c=d!$*",
          "...",
          "....",
          "\ud83d\ude00\u200d\ud83d\udc69",
          "\u65e5".repeat(85),
          "ends in a dot.",
          "ends in a space ",
          " begins with one",
          "CON",
          "aux.txt",
          "NUL",
          "WEB-INF",
          "a|b^`~");

  static Stream<Arguments> names() {
    return Stream.of(Way.values())
        .flatMap(way -> NAMES.stream().map(name -> Arguments.of(way, name)));
  }

  /** Requests on one connection, or each on its own. */
  private record Conversation(Way way, Way.Client client) implements AutoCloseable {
    /**
     * Payara closes HTTP/2 connections on which long fields have pushed others out of the table.
     */
    private static final int LONG = 500;

    Response send(Request request) throws IOException {
      return request.target().length() > LONG ? alone(request) : client.send(request);
    }

    /** After a refusal a connection may be closed. */
    Response alone(Request request) {
      return way.send(request);
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("names")
  void name_isServedAlikeEverywhere(Way way, String name) throws IOException {
    requireOffered(way);
    Dav dav = Dav.inNewCollection();
    String path = "/" + encoded(name, "-._~");
    String plain = "/" + encoded(name, PLAIN);
    try (Conversation conversation = new Conversation(way, way.open())) {
      conversation.send(dav.request("PUT", path).body("one")).is(201);
      conversation.send(dav.request("PUT", plain).body(name)).is(204);
      String href = onlyMember(conversation.send(listing(dav, "/")), dav, name);
      assertFalse(href.matches(".*[;+].*"), href);
      String told = href.substring(dav.base().length());
      assertEquals(name, conversation.send(dav.request("GET", told)).is(200).text());
      assertEquals(List.of(href), linked(conversation.send(dav.request("GET", "/")).is(200), name));
      assertLockable(way, conversation, dav, told);

      conversation.send(to(dav.request("COPY", told), dav.href("/copy"))).is(201);
      conversation.send(to(dav.request("COPY", "/copy"), href)).is(204);
      conversation.send(to(dav.request("MOVE", told), way.origin() + dav.href("/moved"))).is(201);
      conversation.alone(dav.request("GET", path)).is(404);
      conversation.send(to(dav.request("MOVE", "/moved"), way.origin() + dav.href(plain))).is(201);
      assertEquals("four", conversation.send(dav.request("GET", told)).is(200).text());
      conversation.send(dav.request("DELETE", path)).is(204);
      conversation.send(dav.request("DELETE", "/copy")).is(204);

      conversation.send(dav.request("MKCOL", path + "/")).is(201);
      conversation.send(dav.request("PUT", path + path).body("in")).is(201);
      conversation.send(to(dav.request("MOVE", path + "/"), dav.href("/c/"))).is(201);
      conversation.send(to(dav.request("COPY", "/c/"), href + "/")).is(201);
      conversation.send(dav.request("DELETE", "/c/")).is(204);
      Xml all = conversation.send(dav.request("PROPFIND", "/")).is(207).xml();
      assertEquals(List.of(dav.href("/"), href + "/", href + told), all.texts("//D:href"));
      assertEquals("in", conversation.send(dav.request("GET", told + told)).is(200).text());
    }
  }

  private static void assertLockable(Way way, Conversation conversation, Dav dav, String path)
      throws IOException {
    Response lock = conversation.send(AnyMethod.request(dav, "LOCK", path)).is(200);
    assertEquals(dav.href(path), lock.xml().text("//D:lockroot/D:href"));
    String token = lock.header("Lock-Token");
    Response refused = conversation.alone(dav.request("PUT", path).body("two")).is(423);
    assertEquals(dav.href(path), refused.xml().text("//D:lock-token-submitted/D:href"));
    String tagged = "<%s> (%s)".formatted(dav.href(path), token);
    conversation.send(dav.request("PUT", path).body("three").header("If", tagged)).is(204);
    tagged = "<%s> (%s)".formatted(way.origin() + dav.href(path), token);
    conversation.send(dav.request("PUT", path).body("four").header("If", tagged)).is(204);
    conversation.send(dav.request("UNLOCK", path).header("Lock-Token", token)).is(204);
  }

  private static Request listing(Dav dav, String path) {
    return dav.request("PROPFIND", path).header("Depth", 1);
  }

  private static String onlyMember(Response listing, Dav dav, String name) {
    List<String> hrefs =
        listing.is(207).xml().texts("//D:href").stream()
            .filter(href -> !href.equals(dav.href("/")))
            .toList();
    assertEquals(1, hrefs.size(), hrefs::toString);
    String last = hrefs.get(0).substring(dav.href("/").length());
    assertEquals(name, URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8));
    return hrefs.get(0);
  }

  /** The URLs that a page links with that text. */
  private static List<String> linked(Response page, String name) {
    return LINK.matcher(page.text())
        .results()
        .filter(link -> unescaped(link.group(2)).equals(name))
        .map(link -> unescaped(link.group(1)))
        .toList();
  }

  private static String unescaped(String html) {
    return Pattern.compile("&[#\\w]+;")
        .matcher(html)
        .replaceAll(entity -> ENTITIES.get(entity.group()));
  }

  /** The name with all but letters, digits and {@code plain} percent-encoded. */
  private static String encoded(String name, String plain) {
    String bytes = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return bytes
        .chars()
        .mapToObj(c -> isPlain(c, plain) ? String.valueOf((char) c) : "%%%02X".formatted(c))
        .collect(Collectors.joining());
  }

  private static boolean isPlain(int c, String plain) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || plain.indexOf(c) >= 0);
  }

  private static Request to(Request request, String destination) {
    return request.header("Destination", destination);
  }

  private static void requireOffered(Way way) {
    assumeTrue(!way.isTls() || Server.hasHttps(), "not offered: https");
  }

  /** macOS and iOS ask in NFD for what Windows stored in NFC; a third may have written both. */
  @ParameterizedTest
  @EnumSource
  @Tag("ours")
  void spellingsOfOneName_areOneName(Way way) throws IOException {
    requireOffered(way);
    List<String> spellings = List.of("/%C3%A9%C3%BC", "/e%CC%81u%CC%88", "/%C3%A9u%CC%88");
    for (String kept : spellings) {
      for (String asked : spellings) {
        try (Way.Client client = way.open()) {
          assertOneName(way, client, kept, asked);
        }
      }
    }
  }

  private static void assertOneName(Way way, Way.Client client, String kept, String asked)
      throws IOException {
    Dav dav = Dav.inNewCollection();
    client.send(dav.request("MKCOL", kept + "/")).is(201);
    way.send(dav.request("MKCOL", asked)).is(405);
    client.send(dav.request("PUT", kept + kept).body("1")).is(201);
    client.send(dav.request("PUT", asked + asked).body("2")).is(204);
    assertEquals("2", client.send(dav.request("GET", kept + asked)).is(200).text());
    client.send(dav.request("HEAD", asked + kept)).is(200);
    client.send(dav.request("PROPPATCH", asked + asked).xml(PROPERTY)).is(207);

    Xml inside = client.send(listing(dav, asked + "/")).is(207).xml();
    assertEquals(List.of(dav.href(asked + "/"), dav.href(asked + kept)), inside.texts("//D:href"));
    Xml outside = client.send(listing(dav, "/")).is(207).xml();
    assertEquals(List.of(dav.href("/"), dav.href(kept + "/")), outside.texts("//D:href"));

    Response lock = client.send(AnyMethod.request(dav, "LOCK", asked + asked)).is(200);
    assertEquals(dav.href(asked + asked), lock.xml().text("//D:lockroot/D:href"));
    String token = lock.header("Lock-Token");
    way.send(dav.request("PUT", kept + kept).body("3")).is(423);
    way.send(AnyMethod.request(dav, "LOCK", kept + kept)).is(423);
    String tagged = "<%s> (%s)".formatted(dav.href(kept + kept), token);
    client.send(dav.request("PUT", asked + asked).body("4").header("If", tagged)).is(204);
    tagged = "<%s> (%s)".formatted(dav.href(asked + asked), token);
    client.send(dav.request("PUT", kept + kept).body("5").header("If", tagged)).is(204);
    client.send(dav.request("UNLOCK", kept + asked).header("Lock-Token", token)).is(204);

    client.send(dav.request("PUT", "/d").body("6")).is(201);
    String other = dav.href(asked + asked);
    way.send(to(dav.request("COPY", "/d"), other).header("Overwrite", "F")).is(412);
    client.send(to(dav.request("COPY", "/d"), other)).is(204);
    way.send(to(dav.request("COPY", kept + kept), other)).is(403);
    client.send(to(dav.request("MOVE", "/d"), other)).is(204);
    assertEquals("6", client.send(dav.request("GET", kept + kept)).is(200).text());
    way.send(to(dav.request("MOVE", asked + "/"), dav.href(kept + asked))).is(403);
    client.send(to(dav.request("MOVE", asked + asked), dav.href("/e"))).is(201);
    way.send(dav.request("GET", kept + kept)).is(404);
    client.send(dav.request("DELETE", asked + "/")).is(204);
    way.send(dav.request("GET", kept + "/")).is(404);
  }
}
