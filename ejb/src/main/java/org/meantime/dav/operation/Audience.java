package org.meantime.dav.operation;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.StorageException;
import org.meantime.dav.xml.Response;

/**
 * Those who are told how one operation ends: its clients, and its document where it has one. The
 * leaving of one is nothing to the others. Replies come from whoever settled it, after {@link
 * #settle}.
 */
final class Audience implements Reply {
  private static final System.Logger LOG = System.getLogger(Audience.class.getName());

  private final List<Wire> wires = new CopyOnWriteArrayList<>();
  private List<Wire> waiting = List.of();
  private Optional<KeptReply> kept = Optional.empty();

  void add(Wire wire) {
    wires.add(wire);
  }

  /** The clients, those that left or were accepted included. */
  List<Wire> wires() {
    return wires;
  }

  int interims() {
    return wires.stream().mapToInt(Wire::interims).sum();
  }

  /** True where nobody waits, and nobody will ask later. */
  boolean isGone() {
    for (Wire wire : wires) { // asked for each member of a listing
      if (!wire.isGone()) {
        return false;
      }
    }
    return true;
  }

  /** The final response is at hand: from here on no client gets a 102 or a 202. */
  void settle(Optional<KeptReply> kept, Map<String, String> headers) {
    List<Wire> left = new ArrayList<>(wires.size());
    for (Wire wire : wires) {
      if (wire.commit()) {
        left.add(wire);
      }
    }
    waiting = left;
    this.kept = kept;
    headers.forEach(this::header);
  }

  private void tell(Consumer<Reply> what) {
    kept.ifPresent(it -> keep(it, what));
    for (Wire wire : waiting) {
      wire.attempt(what);
    }
  }

  private void keep(KeptReply reply, Consumer<Reply> what) {
    try {
      what.accept(reply);
    } catch (UncheckedIOException | StorageException e) {
      LOG.log(Level.WARNING, "a result could not be kept", e);
      kept = Optional.empty();
      reply.forget();
    }
  }

  @Override
  public void header(String name, String value) {
    tell(reply -> reply.header(name, value));
  }

  @Override
  public void member(Response response) {
    tell(reply -> reply.member(response));
  }

  @Override
  public void send(Status status) {
    tell(reply -> reply.send(status));
  }

  @Override
  public void send(Status status, Body body) {
    tell(reply -> reply.send(status, body));
  }

  @Override
  public void fail(DavException error) {
    tell(reply -> reply.fail(error));
  }

  @Override
  public void end() {
    tell(Reply::end);
  }
}
