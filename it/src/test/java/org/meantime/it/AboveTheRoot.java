package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Way;
import org.meantime.it.http.Xml;

/**
 * What Windows' redirector asks before it comes to the root of the store, without credentials: of
 * each collection above it whether it is one. Nothing else is to be seen there.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class AboveTheRoot {
  private static final String ALLOW = "OPTIONS, GET, HEAD, PROPFIND";

  /** The path of the application, empty for that of the server. */
  private final String context;

  AboveTheRoot(String context) {
    this.context = context;
  }

  private List<String> urls() {
    return Stream.of(context, context + "/").filter(url -> !url.isEmpty()).toList();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void options_sayThatThereIsDav(Way way) {
    for (String url : urls()) {
      Response response = way.send(new Request("OPTIONS", url)).is(200);
      assertEquals("1, 2, 3", response.header("DAV"));
      assertEquals("DAV", response.header("MS-Author-Via"));
      assertEquals(ALLOW, response.header("Allow"));
      assertEquals(0, response.body().length);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void propfind_findsTheOneMember(Way way) {
    for (String url : urls()) {
      for (String depth : List.of("0", "1")) {
        Request propfind = new Request("PROPFIND", url).header("Depth", depth);
        Xml found = way.send(propfind).is(207).xml();
        String collections = "//D:response[D:propstat/D:prop/D:resourcetype/D:collection]";
        assertEquals(depth.equals("0") ? 1 : 2, found.count("//D:response"));
        assertTrue(found.has(collections + "[D:href='" + context + "/']"));
        assertEquals(depth.equals("1"), found.has(collections + "[D:href='" + context + "/dav/']"));
      }
      for (Request deep :
          List.of(
              new Request("PROPFIND", url),
              new Request("PROPFIND", url).header("Depth", "infinity"))) {
        assertTrue(way.send(deep).is(403).xml().has("/D:error/D:propfind-finite-depth"));
      }
    }
  }

  @Test
  void propfindWithContent_isAnsweredWithoutALookAtIt() {
    for (String url : urls()) {
      Request propfind =
          new Request("PROPFIND", url)
              .header("Depth", 0)
              .xml("<D:propfind><D:prop><D:resourcetype/></D:prop></D:propfind>");
      assertEquals(1, propfind.send().is(207).xml().count("//D:response"));
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void get_leadsToTheRoot(Way way) {
    for (String url : urls()) {
      String location = way.send(new Request("GET", url)).is(303).header("Location");
      assertTrue(location.endsWith(context + "/dav/"), location);
      way.send(new Request("HEAD", url)).is(303);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "DELETE", "MKCOL", "LOCK", "PROPPATCH", "BREW"})
  void otherMethods_areNotAllowed(String method) {
    for (String url : urls()) {
      Response response = new Request(method, url).send().is(405);
      assertEquals(ALLOW, response.header("Allow"));
    }
  }

  /** Whatever is asked of it, and by whom. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/other",
        "/other/",
        "/dav2/",
        "/davx",
        "/DAV/",
        "/index.html",
        "/index.jsp",
        "/error",
      })
  void whateverElse_isNotThere(String path) {
    for (String method : List.of("OPTIONS", "GET", "HEAD", "PROPFIND", "PUT", "POST", "LOCK")) {
      for (String credentials : List.of("", "Basic d3JpdGVyOndyaXRlcg==")) {
        Request request = new Request(method, context + path).header("Depth", 0);
        if (!credentials.isEmpty()) {
          request.header("Authorization", credentials);
        }
        Response response = request.send().is(404);
        assertEquals("1, 2, 3", response.header("DAV"));
        if (!method.equals("HEAD")) {
          assertEquals(
              "404 Not Found: there is nothing at this URL: documents are below "
                  + context
                  + "/dav/\n",
              response.text());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/WEB-INF/web.xml", "/WEB-INF/", "/META-INF/MANIFEST.MF"})
  void theArchive_isNotThere(String path) {
    for (String method : List.of("OPTIONS", "GET", "PROPFIND")) {
      new Request(method, context + path).header("Depth", 0).send().is(404);
    }
  }

  @Test
  void theRoot_stillWantsCredentials() {
    for (String method : List.of("GET", "PROPFIND", "PUT")) {
      Response response = new Request(method, context + "/dav/").send().is(401);
      assertFalse(response.text().contains("D:"), response::toString);
    }
  }
}
