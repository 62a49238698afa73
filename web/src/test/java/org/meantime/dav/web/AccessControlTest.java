package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.DavException;
import org.meantime.dav.request.Caller;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.web.interim.InterimResponses;

class AccessControlTest {
  private static Optional<Caller> admit(FakeRequest request) throws Exception {
    boolean reads = Method.reads(request.servlet().getMethod());
    return access("basic").admit(request.servlet(), new FakeResponse().servlet(), reads);
  }

  /** In a container that no adapter knows. */
  private static AccessControl access(String challenge) {
    return new AccessControl(
        challenge,
        new Guesses(new Settings(name -> Optional.empty())),
        new InterimResponses().open(new FakeRequest("GET", "/dav/a").servlet()));
  }

  private static int refusal(FakeRequest request) {
    return assertThrows(DavException.class, () -> admit(request)).status().code();
  }

  private static FakeRequest alice(String method, String role) {
    FakeRequest request =
        new FakeRequest(method, "/dav/a").header("Authorization", "Basic YWxpY2U6eA==");
    request.realmUser = "alice";
    request.roles.add(role);
    return request;
  }

  @Test
  void withoutCredentials_theContainerIsNotAsked() {
    FakeRequest request = new FakeRequest("GET", "/dav/a");
    request.realmUser = "alice";
    assertEquals(401, refusal(request));
    assertEquals(0, request.authentications);
  }

  @Test
  void withoutCredentials_theContainerIsAskedWhereItIsToChallenge() throws Exception {
    FakeRequest request = new FakeRequest("GET", "/dav/a");
    HttpServletResponse response = new FakeResponse().servlet();
    assertTrue(access("server").admit(request.servlet(), response, true).isEmpty());
    request.realmUser = "alice"; // by a client certificate, say
    request.roles.add("dav-read");
    assertEquals(
        Optional.of(new Caller("alice", false)),
        access("server").admit(request.servlet(), response, true));
  }

  @Test
  void withWrongCredentials_theContainerHasAnswered_orWeDo() throws Exception {
    FakeRequest request = alice("GET", "dav-read");
    request.realmUser = null;
    assertEquals(401, refusal(request));
    FakeResponse answered = new FakeResponse();
    answered.committed = true;
    assertTrue(access("basic").admit(request.servlet(), answered.servlet(), true).isEmpty());
  }

  @Test
  void aUserTheContainerKnowsAlready_isNotAskedAgain() throws Exception {
    FakeRequest request = alice("GET", "dav-read");
    request.user = "bob";
    assertEquals("bob", admit(request).orElseThrow().name());
    assertEquals(0, request.authentications);
  }

  @ParameterizedTest
  @CsvSource({
    "dav-read, OPTIONS, true", "dav-read, GET, true", "dav-read, HEAD, true",
    "dav-read, PROPFIND, true", "dav-read, PUT, false", "dav-read, MKCOL, false",
    "dav-read, DELETE, false", "dav-read, COPY, false", "dav-read, MOVE, false",
    "dav-read, PROPPATCH, false", "dav-read, LOCK, false", "dav-read, UNLOCK, false",
    "dav-read, BREW, false", "dav-write, GET, true", "dav-write, DELETE, true",
    "dav-admin, GET, true", "dav-admin, LOCK, true", "other, GET, false"
  })
  void aRole_opensItsMethods(String role, String method, boolean open) throws Exception {
    FakeRequest request = alice(method, role);
    if (open) {
      assertEquals(Optional.of(new Caller("alice", role.equals("dav-admin"))), admit(request));
    } else {
      assertEquals(403, refusal(request));
    }
  }
}
