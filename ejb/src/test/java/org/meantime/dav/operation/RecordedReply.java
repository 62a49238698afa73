package org.meantime.dav.operation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.xml.MultistatusWriter;
import org.meantime.dav.xml.Response;

/** A reply that remembers what was sent, in order: interim responses, statuses, the end. */
public final class RecordedReply implements ClientReply {
  private final List<String> wire = new ArrayList<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private MultistatusWriter multistatus;
  private Status status;
  private DavException error;
  private Kept kept;
  private final InterimResponse interim;

  public RecordedReply() {
    interim = fields -> record("102");
  }

  /** Interim responses come to what {@code interim} makes of them. */
  RecordedReply(InterimResponse interim) {
    this.interim = interim;
  }

  /** What went over the wire: {@code 102}, a final code, {@code end}. */
  public synchronized List<String> wire() {
    return List.copyOf(wire);
  }

  public synchronized Status status() {
    return status;
  }

  public synchronized Optional<DavException> error() {
    return Optional.ofNullable(error);
  }

  public synchronized Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public synchronized String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  @Override
  public Outcome sendProcessing(Map<String, String> fields) throws IOException {
    return interim.sendProcessing(fields);
  }

  synchronized Outcome record(String sent) {
    wire.add(sent);
    return Outcome.SENT;
  }

  @Override
  public synchronized void header(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public synchronized void member(Response response) {
    if (multistatus == null) {
      begin(Status.MULTI_STATUS);
      multistatus = new MultistatusWriter(body);
    }
    multistatus.write(response);
  }

  @Override
  public synchronized void keepAlive() {
    if (multistatus != null) {
      wire.add("white space");
    }
  }

  @Override
  public synchronized void send(Status status) {
    begin(status);
  }

  @Override
  public synchronized void send(Status status, Body content) {
    begin(status);
    try {
      content.writeTo(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void fail(DavException error) {
    this.error = error;
    if (status == null) {
      begin(error.status());
    } else {
      wire.add("abort");
    }
  }

  @Override
  public void accept(String location) {
    record("202 " + location.replaceFirst("[^/]*$", "…"));
  }

  @Override
  public synchronized KeptReply keep() {
    kept = new Kept();
    return kept;
  }

  /** What the document keeps. */
  public List<String> kept() {
    return kept.recorded.wire();
  }

  private static final class Kept implements KeptReply {
    private final RecordedReply recorded = new RecordedReply();

    @Override
    public void header(String name, String value) {
      recorded.header(name, value);
    }

    @Override
    public void member(Response response) {
      recorded.member(response);
    }

    @Override
    public void send(Status status) {
      recorded.send(status);
    }

    @Override
    public void send(Status status, Body body) {
      recorded.send(status, body);
    }

    @Override
    public void fail(DavException error) {
      recorded.fail(error);
    }

    @Override
    public void end() {
      recorded.end();
    }

    @Override
    public Map<String, String> headers() {
      return recorded.headers;
    }

    @Override
    public Optional<Body> content() {
      return Optional.of(out -> out.write(recorded.body.toByteArray()));
    }

    @Override
    public void forget() {}
  }

  @Override
  public synchronized void end() {
    if (multistatus != null) {
      multistatus.end();
    }
    wire.add("end");
  }

  private void begin(Status status) {
    this.status = status;
    wire.add(Integer.toString(status.code()));
  }
}
