package org.meantime.it.proxy;

import java.io.IOException;
import java.util.function.Consumer;
import org.meantime.it.http.Dav;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Server;
import org.meantime.it.server.SlowStore;

/** A COPY through a proxy that is at work in the store until it is finished. */
record LongWork(Dav dav, String point, RawConnection connection, PendingResponse answer)
    implements AutoCloseable {
  static LongWork begin(Proxy proxy) throws IOException {
    return begin(proxy, request -> {});
  }

  /** The same with something more in the request. */
  static LongWork begin(Proxy proxy, Consumer<Request> more) throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    Request copy = dav.request("COPY", "/a/");
    copy.header("Destination", proxy.origin() + dav.href("/b/"));
    more.accept(copy);
    String point = pointOf(dav);
    SlowStore.close(point);
    RawConnection connection = proxy.connect().send(proxy.bytes(copy));
    SlowStore.awaitWaiting(point, 1);
    return new LongWork(dav, point, connection, connection.receiving());
  }

  /** Where the COPY of {@code /a/} stands. */
  static String pointOf(Dav dav) {
    return "stage" + dav.href("/a").substring(Server.ROOT.length());
  }

  /** Lets the store go on; the final response. */
  Response finish() {
    SlowStore.open(point);
    return answer.response();
  }

  @Override
  public void close() throws IOException {
    SlowStore.open(point);
    connection.close();
  }
}
