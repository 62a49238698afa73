package org.meantime.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.it.conformance.Check.offered;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;

/**
 * COPY, MOVE and DELETE of a collection with a locked member: the answer tells what failed and
 * nothing that did not (RFC 4918 §9.6.1, §9.8.5, §9.9.4). A server may do the rest of the work or
 * none of it.
 */
record PartialFailure(Dav dav) {
  private static final String LOCKED = "/s/locked";
  private static final List<String> MEMBERS = List.of("/", "/free", "/s/", "/s/free", LOCKED);

  /**
   * @param locked the collection that has the locked member
   */
  private record Row(String method, String source, String destination, String locked) {}

  List<Check> checks() {
    return List.of(
        check("DELETE, member locked", new Row("DELETE", "/delete", "", "/delete")),
        check("MOVE, member locked", new Row("MOVE", "/move", "/moved", "/move")),
        check("COPY over a locked member", new Row("COPY", "/copy-a", "/copy-b", "/copy-b")),
        check("MOVE over a locked member", new Row("MOVE", "/move-a", "/move-b", "/move-b")));
  }

  private Check check(String name, Row row) {
    return new Check(name + ": told, and nothing else is", () -> run(row));
  }

  static void offerLocks(Dav dav) {
    String classes = dav.options("/").find("DAV").orElse("");
    offered(classes.matches(".*\\b2\\b.*"), "no locks; DAV: " + classes);
  }

  private void run(Row row) {
    offerLocks(dav);
    fill(row.source(), "new");
    if (row.locked().equals(row.destination())) {
      fill(row.destination(), "old");
    }
    String path = row.locked() + LOCKED;
    String content = dav.get(path).is(200).text();
    String token = dav.lock(path, "exclusive").is(200).header("Lock-Token");
    try {
      Request request = dav.request(row.method(), row.source() + "/");
      if (!row.destination().isEmpty()) {
        request.header("Destination", dav.url(row.destination() + "/")).header("Overwrite", "T");
      }
      checkTold(row, request.send());
      assertEquals(content, dav.get(path).is(200).text(), "what is locked");
    } finally {
      dav.unlock(path, token);
    }
  }

  private void fill(String collection, String content) {
    for (String member : MEMBERS) {
      String path = collection + member;
      (member.endsWith("/") ? dav.mkcol(path) : dav.put(path, content)).is(201);
    }
  }

  /** A 423 to the whole says that nothing was done; a 207 says of which members that is true. */
  private void checkTold(Row row, Response response) {
    if (response.status() == 423) {
      MEMBERS.forEach(member -> assertUntouched(row, member));
      return;
    }
    assertEquals(207, response.status(), row.method() + " was answered");
    List<String> told = response.xml().texts("//D:response/D:href");
    Set<String> paths = new HashSet<>();
    told.forEach(href -> paths.add(href.replaceFirst("^https?://[^/]*", "")));
    assertEquals(told.size(), paths.size(), "a member twice in " + response);
    assertTrue(paths.contains(dav.href(row.locked() + LOCKED)), response::toString);
    assertTrue(response.xml().text("//D:response").contains("423"), response::toString);
    for (String member : MEMBERS) {
      if (paths.contains(dav.href(row.locked() + member))) {
        assertUntouched(row, member);
      }
    }
  }

  /** Where the locked member is, things are as they were. */
  private void assertUntouched(Row row, String member) {
    String path = row.locked() + member;
    String was = row.locked().equals(row.destination()) ? "old" : "new";
    if (member.endsWith("/")) {
      dav.propfind(path, 0, "<D:allprop/>").is(207);
    } else {
      assertEquals(was, dav.get(path).is(200).text(), path);
    }
  }
}
