package org.meantime.dav.operation;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.request.DavRequest;

/** Stub: replaced at the merge. */
@ApplicationScoped
public class Operations {
  /** Runs {@code work} and ends the reply. */
  public void run(
      DavRequest request, Reply reply, InterimResponse interim, Consumer<Operation> work) {
    try {
      work.accept(new Operation(reply));
    } catch (UncheckedIOException e) {
      // the client is gone
    } catch (DavException e) {
      reply.fail(e);
    } catch (RuntimeException e) {
      reply.fail(new DavException(Status.INTERNAL_SERVER_ERROR, "internal error"));
    }
    reply.end();
  }
}
