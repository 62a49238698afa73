package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Xml;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** One pass over what a client does all day, whichever archive is deployed. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class EverydayMethods {
  @Test
  void options_tellsTheClassesOfCompliance() {
    String classes = Dav.as(User.READER).options("/").is(200).header("DAV");
    assertTrue(Set.of(classes.split("\\s*,\\s*")).containsAll(Set.of("1", "2", "3")), classes);
  }

  @Test
  void document_isReadAsItWasPut() {
    Dav dav = Dav.inNewCollection();
    dav.put("/a.txt", "one").is(201);
    dav.put("/a.txt", "two").is(204);
    assertEquals("two", dav.get("/a.txt").is(200).text());
    assertEquals("two", dav.by(User.READER).get("/a.txt").is(200).text());
  }

  @Test
  void collection_listsItsMembers() {
    Dav dav = Dav.inNewCollection();
    dav.put("/a%20b", "1234").is(201);
    dav.mkcol("/c/").is(201);
    Xml found = dav.propfind("/", 1, "<D:prop><D:getcontentlength/></D:prop>").is(207).xml();
    assertEquals(
        Set.of(dav.href("/"), dav.href("/a%20b"), dav.href("/c/")),
        Set.copyOf(found.texts("/D:multistatus/D:response/D:href")));
    assertEquals(
        List.of("4"), found.texts("//D:propstat[contains(D:status,'200')]//D:getcontentlength"));
  }

  @Test
  void deletedDocument_isGone() {
    Dav dav = Dav.inNewCollection();
    dav.put("/a.txt", "one").is(201);
    dav.delete("/a.txt").is(204);
    dav.get("/a.txt").is(404);
  }

  @Test
  void lockedDocument_isKeptFromOthers() {
    Dav dav = Dav.inNewCollection();
    dav.put("/a.txt", "one").is(201);
    String token = dav.lock("/a.txt", "exclusive").is(200).header("Lock-Token");
    dav.by(User.WRITER2).put("/a.txt", "two").is(423);
    dav.unlock("/a.txt", token).is(204);
    dav.by(User.WRITER2).put("/a.txt", "two").is(204);
  }

  @Test
  void user_mayWhatTheRolesSay() {
    Dav dav = Dav.inNewCollection();
    dav.by(User.READER).put("/a.txt", "one").is(403);
    dav.by(User.NOBODY).get("/").is(403);
    String challenge = dav.by(User.ANONYMOUS).get("/").is(401).header("WWW-Authenticate");
    assertTrue(challenge.startsWith("Basic "), challenge + " of " + Server.url());
  }
}
