package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.settings.Settings;

class LocationTest {
  private static String resolve(FakeRequest request, String reference) {
    return Location.of(request.servlet(), new Settings(key -> Optional.empty()), path -> path)
        .resolve(reference)
        .map(ResourcePath::toString)
        .orElse("elsewhere");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "absolute path             | dav.example         | /dav/b                               | /b",
        "the root                  | dav.example         | http://dav.example/dav               | /",
        "same host                 | dav.example         | http://dav.example/dav/b             | /b",
        "host in other case        | Dav.Example         | http://dAV.eXAMPLE/dav/b             | /b",
        "scheme in other case      | dav.example         | HTTP://dav.example/dav/b             | /b",
        "escapes                   | dav.example         | http://dav.example/dav/%7Eb%20c;d    | /~b%20c%3Bd",
        "what URIs escape, raw     | dav.example         | http://dav.example/dav/[b]^c         | /%5Bb%5D%5Ec",
        "default port named        | dav.example         | http://dav.example:80/dav/b          | /b",
        "default port in Host      | dav.example:80      | http://dav.example/dav/b             | /b",
        "port                      | dav.example:8080    | http://dav.example:8080/dav/b        | /b",
        "no port after the colon   | dav.example:        | http://dav.example:/dav/b            | /b",
        "user in the authority     | dav.example         | http://u:p@dav.example/dav/b         | /b",
        "IPv6                      | [::1]:8080          | http://[::1]:8080/dav/b              | /b",
        "TLS ended before us       | dav.example         | https://dav.example/dav/b            | /b",
        "TLS on another port       | dav.example:8443    | https://dav.example:8443/dav/b       | /b",
        "TLS port in Host          | dav.example:443     | https://dav.example/dav/b            | /b",
        "other host                | dav.example         | http://other.example/dav/b           | elsewhere",
        "longer host               | dav.example         | http://dav.example.org/dav/b         | elsewhere",
        "our host as user          | dav.example         | http://dav.example@other/dav/b       | elsewhere",
        "other port                | dav.example         | http://dav.example:8080/dav/b        | elsewhere",
        "no port for one in Host   | dav.example:8080    | http://dav.example/dav/b             | elsewhere",
        "other scheme              | dav.example         | ftp://dav.example/dav/b              | elsewhere",
        "no host                   | dav.example         | http:///dav/b                        | elsewhere",
        "outside the root          | dav.example         | http://dav.example/other/b           | elsewhere",
        "longer than the root      | dav.example         | /davenport/b                         | elsewhere",
        "above the root            | dav.example         | http://dav.example                   | elsewhere",
      })
  void aReference_isComparedWithHost(String what, String host, String reference, String expected) {
    FakeRequest request = new FakeRequest("COPY", "/dav/a").without("Host").header("Host", host);
    assertEquals(expected, resolve(request, reference), what);
  }

  @ParameterizedTest(name = "{0}: {1}: {2}, {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Host          | X-Forwarded-Host | pub.example                    | https://pub.example/dav/b      | /b",
        "the Host still            | X-Forwarded-Host | pub.example                    | http://dav.example/dav/b       | /b",
        "several proxies           | X-Forwarded-Host | pub.example, mid.example       | https://pub.example/dav/b      | /b",
        "with port                 | X-Forwarded-Host | pub.example:8443               | https://pub.example:8443/dav/b | /b",
        "with another port         | X-Forwarded-Host | pub.example:8443               | https://pub.example/dav/b      | elsewhere",
        "X-Forwarded-Port          | X-Forwarded-Port | 8443                           | https://dav.example:8443/dav/b | /b",
        "X-Forwarded-Port nonsense | X-Forwarded-Port | none                           | https://dav.example:8443/dav/b | elsewhere",
        "X-Forwarded-Proto         | X-Forwarded-Proto| https                          | https://dav.example/dav/b      | /b",
        "Forwarded                 | Forwarded        | for=1.2.3.4;host=pub.example   | https://pub.example/dav/b      | /b",
        "Forwarded, quoted         | Forwarded        | Host=\"pub.example:8443\"      | https://pub.example:8443/dav/b | /b",
        "Forwarded twice           | Forwarded        | host=mid.example, host=pub.example;proto=https | https://pub.example/dav/b | /b",
        "Forwarded without host    | Forwarded        | for=1.2.3.4;proto=https        | https://pub.example/dav/b      | elsewhere",
        "Forwarded by a host       | Forwarded        | by=\"host=pub.example\"        | https://pub.example/dav/b      | elsewhere",
      })
  void aReference_isComparedWithWhatProxiesWereAsked(
      String what, String name, String value, String reference, String expected) {
    FakeRequest request = new FakeRequest("COPY", "/dav/a").header(name, value);
    assertEquals(expected, resolve(request, reference), what);
  }

  @Test
  void withoutHost_theServersOwnAddressCounts() {
    FakeRequest request = new FakeRequest("COPY", "/dav/a").without("Host");
    assertEquals("/b", resolve(request, "http://local:8080/dav/b"));
    assertEquals("/b", resolve(request, "http://[::1]:8080/dav/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b",
        "./b",
        "",
        "//dav.example/dav/b",
        "http:/dav/b",
        "mailto:a@b",
        "/dav/b#c",
        "/dav/b?c",
        "http://dav.example/dav/b#c",
        "http://dav.example?/dav/b",
        "/dav/b c",
        "/dav/../b",
        "/dav/%2e%2e/b",
        "/dav/a%2Fb",
        "/dav/%zz",
        "/dav/%E4"
      })
  void textThatNamesNoResource_isRefused(String reference) {
    FakeRequest request = new FakeRequest("COPY", "/dav/a");
    DavException e = assertThrows(DavException.class, () -> resolve(request, reference));
    assertEquals(400, e.status().code());
  }
}
