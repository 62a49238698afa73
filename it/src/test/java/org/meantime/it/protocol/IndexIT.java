package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Response;
import org.meantime.it.server.User;

/** What a browser shows of a collection. */
class IndexIT extends Protocol {
  private static final Pattern LINK = Pattern.compile("<td><a href=\"(/[^\"]*)\">([^<]*)</a>");

  private static final Pattern BUTTON =
      Pattern.compile(
          "<form><input type=\"hidden\" name=\"order\" value=\"(\\w+)\">"
              + "<button name=\"sort\" value=\"(\\w+)\">");

  private static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.put("/b", "1").is(201);
    dav.put("/A%20%26", "22").is(201);
    dav.put("/%3Cscript%3Ealert(1)%3C%2Fb".replace("%2F", "-"), "333").is(201);
    dav.put("/%22%20onclick=%22x", "4444").is(201);
    dav.mkcol("/z/").is(201);
    return dav;
  }

  private static List<String> names(Response page) {
    return LINK.matcher(page.text())
        .results()
        .map(link -> link.group(2))
        .filter(name -> !name.equals("../"))
        .toList();
  }

  @Test
  @Tag("ours")
  void links_leadToTheMembersAndUp() {
    Dav dav = filled();
    Response page = dav.get("/").is(200);
    assertEquals("text/html;charset=utf-8", page.contentType());
    List<String> hrefs =
        LINK.matcher(page.text())
            .results()
            .map(link -> link.group(1).replace("&amp;", "&"))
            .toList();
    assertEquals(6, hrefs.size(), hrefs::toString);
    assertEquals("/meantime/dav/", hrefs.get(0));
    for (String href : hrefs.subList(1, 6)) {
      assertTrue(href.startsWith(dav.href("/")), href);
      dav.get(href.substring(dav.base().length())).is(200);
    }
  }

  @Test
  void names_areEscaped() {
    Response page = filled().get("/").is(200);
    String text = page.text();
    assertFalse(text.contains("<script"), text);
    assertFalse(text.contains("\" onclick"), text);
    assertTrue(names(page).contains("&lt;script&gt;alert(1)&lt;-b"), text);
    assertTrue(names(page).contains("A &amp;"), text);
  }

  @Test
  void page_allowsNothingActive() {
    Response page = filled().get("/").is(200);
    assertTrue(page.header("Content-Security-Policy").contains("default-src 'none'"));
    assertEquals("nosniff", page.header("X-Content-Type-Options"));
    assertFalse(
        Pattern.compile("(?i)<script|\"javascript:|<[^>]*\\son\\w+=").matcher(page.text()).find());
  }

  @Test
  @Tag("ours")
  void root_hasNoWayUp() {
    assertFalse(Dav.as(User.READER).get("/").is(200).text().contains("../"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "?                         | sub/ a c B",
        "?sort=name                | sub/ a B c",
        "?sort=name&order=asc      | sub/ a B c",
        "?sort=name&order=desc     | sub/ c B a",
        "?sort=size                | sub/ c a B",
        "?sort=size&order=desc     | sub/ B a c",
        "?sort=date                | sub/ B c a",
        "?sort=date&order=desc     | sub/ a c B",
        "?sort=nonsense&order=x    | sub/ a B c",
      })
  void order_isWhatTheQueryAsks(String query, String expected) {
    Dav dav = Dated.collection();
    String wanted = query.equals("?") ? "sub/ a B c" : expected;
    assertEquals(wanted, String.join(" ", names(dav.get("/" + query).is(200))));
  }

  /** One collection whose members were made in that order, each in a second of its own. */
  private static final class Dated {
    private static Dav made;

    static Dav collection() {
      if (made == null) {
        Dav dav = Dav.inNewCollection();
        dav.put("/B", "333").is(201);
        next(dav, "/B", "/c", "1");
        next(dav, "/c", "/a", "22");
        dav.mkcol("/sub/").is(201);
        made = dav;
      }
      return made;
    }

    private static void next(Dav dav, String before, String path, String content) {
      String date = dav.get(before).header("Last-Modified");
      Await.until(
          () -> {
            dav.put(path, content);
            return !dav.get(path).header("Last-Modified").equals(date);
          });
    }
  }

  @Test
  void headings_sortByEachColumnBothWays() {
    Dav dav = filled();
    String page = dav.get("/?sort=size").is(200).text();
    List<String> buttons =
        BUTTON
            .matcher(page)
            .results()
            .map(it -> "sort=" + it.group(2) + "&order=" + it.group(1))
            .toList();
    assertEquals(
        List.of("sort=name&order=asc", "sort=size&order=desc", "sort=date&order=asc"), buttons);
    assertTrue(page.contains("aria-sort=\"ascending\""), page);
  }

  /** What follows all links, as {@code wget -r} does, comes to each page once. */
  @Test
  void links_haveNoQuery() {
    Dav dav = filled();
    for (String path : List.of("/", "/?sort=size&order=desc")) {
      Response page = dav.get(path).is(200);
      assertFalse(page.text().matches("(?s).*(href|src|action)=\"[^\"]*\\?.*"), page::text);
      assertTrue(page.header("Content-Security-Policy").contains("form-action 'self'"));
    }
  }
}
