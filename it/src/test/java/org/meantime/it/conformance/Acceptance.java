package org.meantime.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.it.conformance.Check.offered;

import java.util.List;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Response;

/** 202 (Accepted) to who prefers {@code respond-async}, RFC 7240 §4.1. */
final class Acceptance {
  private static final String COPY = "/accepted/";

  private final Dav dav;
  private final Once<LongWork> work;
  private final Once<Response> accepted;

  Acceptance(Dav dav, Once<LongWork> work) {
    this.dav = dav;
    this.work = work;
    accepted = new Once<>(this::accept);
  }

  List<Check> checks() {
    return List.of(
        new Check("202: Location and Preference-Applied", this::fields),
        new Check("its document: to the end, and never a part of the destination", this::document),
        new Check("404 comes first", () -> refused("/none", "/new", 404)),
        new Check("409 comes first", () -> refused("/beside-202/d", "/none/new", 409)),
        new Check("412 comes first", () -> refused("/beside-202/d", "/beside-202/taken", 412)),
        new Check("423 comes first", this::locked),
        new Check("DELETE of the ended document: forgotten", this::forgotten));
  }

  /** Another COPY that is accepted, where the first was. */
  Response acceptAnother(String destination) throws Throwable {
    accepted.get();
    return copy(destination).is(202);
  }

  private Response copy(String destination) throws Throwable {
    return work.get().quarter().copy(destination, "respond-async").send();
  }

  private Response accept() throws Throwable {
    Response response = copy(COPY);
    offered(response.status() == 202, response.status() + " to a " + work.get().quarter());
    dav.mkcol("/beside-202/").is(201);
    dav.put("/beside-202/d", "content").is(201);
    dav.put("/beside-202/taken", "content").is(201);
    return response;
  }

  private void fields() throws Throwable {
    Response response = accepted.get();
    response.header("Location");
    assertEquals("respond-async", response.header("Preference-Applied"));
  }

  private void document() throws Throwable {
    OperationDocument document = OperationDocument.of(accepted.get(), dav.user());
    String last = COPY + work.get().quarter().last();
    document.await(
        it -> {
          boolean running = it.isRunning();
          // it may be there a moment before the document says so, but then it is there whole
          if (isThere(COPY)) {
            assertTrue(isThere(last), "a part of the destination is seen");
          }
          return !running;
        });
    assertEquals("done", document.awaitEnd());
    assertTrue(isThere(COPY) && isThere(last), "it is done and not there");
  }

  private boolean isThere(String path) {
    return dav.propfind(path, 0, "<D:allprop/>").status() == 207;
  }

  private void refused(String source, String destination, int status) throws Throwable {
    accepted.get();
    dav.request("COPY", source)
        .header("Destination", dav.url(destination))
        .header("Overwrite", "F")
        .header("Prefer", "respond-async")
        .send()
        .is(status);
  }

  private void locked() throws Throwable {
    accepted.get();
    PartialFailure.offerLocks(dav);
    dav.put("/beside-202/locked", "content").is(201);
    String token = dav.lock("/beside-202/locked", "exclusive").is(200).header("Lock-Token");
    try {
      String path = "/beside-202/locked";
      dav.request("DELETE", path).header("Prefer", "respond-async").send().is(423);
    } finally {
      dav.unlock("/beside-202/locked", token).is(204);
    }
  }

  private void forgotten() throws Throwable {
    OperationDocument document = OperationDocument.of(accepted.get(), dav.user());
    document.awaitEnd();
    int status = document.request("DELETE").status();
    offered(status < 300, status + " to DELETE of " + document.location());
    document.request("GET").is(404);
    work.get().delete(COPY);
  }
}
