package org.meantime.it;

import java.io.IOException;
import org.meantime.it.http.Dav;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.server.SlowStore;

/**
 * An operation at work for as long as a test wants: what the heartbeat does for it, it would have
 * done for others. Its 102s are a clock that stops when the server does.
 */
public final class Metronome implements AutoCloseable {
  private final RawConnection connection;
  private final String point;
  private final PendingResponse answer;

  private Metronome(RawConnection connection, String point, PendingResponse answer) {
    this.connection = connection;
    this.point = point;
    this.answer = answer;
  }

  public static Metronome start() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/metronome/").is(201);
    String point = "stage" + SlowWork.below(dav, "/metronome");
    SlowStore.close(point);
    RawConnection connection = RawConnection.open();
    connection.send(
        dav.request("COPY", "/metronome/").header("Destination", dav.url("/b/")).bytes());
    return new Metronome(connection, point, connection.receiving());
  }

  /** Waits for so many 102s from now on. */
  public void await(int count) {
    answer.awaitMoreInterims(count);
  }

  @Override
  public void close() throws IOException {
    SlowStore.open(point);
    answer.response().is(201);
    connection.close();
  }
}
