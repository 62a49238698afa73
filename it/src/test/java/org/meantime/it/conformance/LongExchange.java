package org.meantime.it.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;

/**
 * A connection with a long COPY and three requests behind it. Two others each had a request but for
 * its last bytes, which they got when all that was over.
 */
record LongExchange(
    Response copy,
    Response get,
    Response head,
    Response options,
    Response put,
    Response proppatch) {
  static final String CONTENT = "text";
  static final String COPY = "/copy/";
  private static final int WITHHELD = 4;

  static LongExchange run(Dav dav, LongWork work) throws IOException {
    dav.mkcol("/beside/").is(201);
    dav.put("/beside/d", CONTENT).is(201);
    byte[] put = processing(dav, "PUT", "/beside/new").body("content").bytes();
    byte[] proppatch =
        processing(dav, "PROPPATCH", "/beside/")
            .xml("<D:propertyupdate><D:set><D:prop><Z:a/></D:prop></D:set></D:propertyupdate>")
            .bytes();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes(work.copy(COPY).bytes());
    for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
      line.writeBytes(processing(dav, method, "/beside/d").bytes());
    }
    try (RawConnection connection = RawConnection.open();
        RawConnection putting = begin(put);
        RawConnection proppatching = begin(proppatch)) {
      connection.send(line.toByteArray());
      return new LongExchange(
          connection.receive(),
          connection.receive(),
          connection.receiveWithoutBody(),
          connection.receive(),
          end(putting, put),
          end(proppatching, proppatch));
    }
  }

  private static Request processing(Dav dav, String method, String path) {
    return dav.request(method, path).header("Prefer", "processing");
  }

  private static RawConnection begin(byte[] request) throws IOException {
    return RawConnection.open().send(Arrays.copyOf(request, request.length - WITHHELD));
  }

  private static Response end(RawConnection connection, byte[] request) throws IOException {
    byte[] rest = Arrays.copyOfRange(request, request.length - WITHHELD, request.length);
    return connection.send(rest).receive();
  }
}
