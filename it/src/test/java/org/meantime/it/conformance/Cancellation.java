package org.meantime.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.it.conformance.Check.offered;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Response;

/** DELETE of an operation's document while it runs: all of the work is undone. */
record Cancellation(Dav dav, Once<LongWork> work, Acceptance acceptance) {
  List<Check> checks() {
    return List.of(
        new Check("accepted COPY: cancelled, nothing of the destination", this::accepted),
        new Check("COPY that overwrites: what was there is there", this::overwriting),
        new Check("client that waits for its COPY: told", this::waiting));
  }

  private void accepted() throws Throwable {
    cancel("/cancelled/");
    dav.propfind("/cancelled/", 0, "<D:allprop/>").is(404);
    dav.propfind(work.get().path(), 0, "<D:allprop/>").is(207);
  }

  private void overwriting() throws Throwable {
    dav.mkcol("/old/").is(201);
    dav.put("/old/d", "old").is(201);
    cancel("/old/");
    List<String> seen =
        dav.propfind("/old/", 1, "<D:allprop/>").is(207).xml().texts("//D:response/D:href");
    assertEquals(2, seen.size(), seen::toString);
    assertEquals("old", dav.get("/old/d").is(200).text());
  }

  private void cancel(String destination) throws Throwable {
    Response accepted = acceptance.acceptAnother(destination);
    OperationDocument document = OperationDocument.of(accepted, dav.user());
    document.awaitProgress();
    stop(document);
    assertEquals("cancelled", document.awaitEnd());
  }

  private static void stop(OperationDocument document) {
    offered(document.isRunning(), "the COPY had ended before it could be cancelled");
    int status = document.request("DELETE").status();
    offered(status < 300, status + " to DELETE of " + document.location());
  }

  private void waiting() throws Throwable {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(Interims.offer(work).copy("/waiting/").bytes());
      stop(new OperationDocument(dav.user(), firstLocation(connection)));
      Response response = connection.receive();
      assertTrue(response.status() >= 400, response::toString);
    }
    dav.propfind("/waiting/", 0, "<D:allprop/>").is(404);
  }

  private static String firstLocation(RawConnection connection) throws IOException {
    Head head = connection.receiveHead();
    Optional<String> location = head.headers().find("Location");
    offered(head.isInterim() && location.isPresent(), "no Location in a 102");
    return location.orElseThrow();
  }
}
