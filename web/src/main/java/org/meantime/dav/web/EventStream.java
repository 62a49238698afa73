package org.meantime.dav.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Follower;
import org.meantime.dav.operation.OperationDocument;
import org.meantime.dav.request.Caller;

/**
 * Server-sent events of one operation: {@code progress}, then {@code end}. Holds no thread and
 * blocks none: a client that does not read misses progress, and is sent the latest when it reads.
 */
final class EventStream implements Follower, WriteListener {
  static final String TYPE = "text/event-stream";

  private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

  private final AsyncContext context;
  private final ServletOutputStream out;
  private boolean begun; // guarded by this: the container has said that it may be written to
  private String pending = ""; // guarded by this: to be written next
  private boolean unflushed = true; // guarded by this: the header fields, to begin with
  private boolean last; // guarded by this: the pending event is the last
  private boolean over; // guarded by this: the response has ended

  private EventStream(AsyncContext context, ServletOutputStream out) {
    this.context = context;
    this.out = out;
  }

  /** Answers with the events of an operation from now on. */
  static void begin(Door.Visit visit, OperationDocument document, Caller caller)
      throws IOException {
    visit.reply().header("Content-Type", TYPE + "; charset=utf-8");
    visit.reply().header("Cache-Control", "no-store");
    visit.reply().header("X-Accel-Buffering", "no"); // nginx would hold them back
    visit.reply().commit(Status.OK);
    ServletOutputStream out = visit.response().getOutputStream();
    EventStream stream = new EventStream(visit.later(), out);
    document.follow(stream, caller); // before the client hears of it, or it could follow too much
    out.setWriteListener(stream);
  }

  @Override
  public synchronized boolean look(OperationDocument document) {
    try {
      tell(document);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "events break off", e);
      onError(e);
    }
    return !over;
  }

  private void tell(OperationDocument document) {
    if (!last) {
      last = document.ended().isPresent();
      String name = last ? "end" : "progress";
      pending = "event: " + name + "\ndata: " + OperationJson.of(document) + "\n\n";
      write();
    }
  }

  @Override
  public synchronized void onWritePossible() {
    begun = true;
    write();
  }

  /** As far as it goes without waiting; the container calls again when it goes on. */
  private void write() {
    try {
      while (begun && !over && (!pending.isEmpty() || unflushed || last) && out.isReady()) {
        step();
      }
    } catch (IOException e) {
      onError(e);
    }
  }

  private void step() throws IOException {
    if (!pending.isEmpty()) {
      byte[] bytes = pending.getBytes(StandardCharsets.UTF_8);
      pending = "";
      unflushed = true;
      out.write(bytes);
    } else if (unflushed) {
      unflushed = false;
      out.flush();
    } else {
      over = true;
      context.complete();
    }
  }

  @Override
  public synchronized void onError(Throwable t) {
    LOG.log(Level.DEBUG, "a client follows no longer: {0}", t.toString());
    if (!over) {
      over = true;
      context.complete();
    }
  }
}
