package org.meantime.dav.method;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.meantime.dav.Depth;
import org.meantime.dav.IfHeader;
import org.meantime.dav.LockToken;
import org.meantime.dav.Prefer;
import org.meantime.dav.Progress;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Timeout;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.lock.LockTable;
import org.meantime.dav.operation.RecordedReply;
import org.meantime.dav.operation.Runs;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.Client;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.DeleteRequest;
import org.meantime.dav.request.GetRequest;
import org.meantime.dav.request.LockRequest;
import org.meantime.dav.request.LockRequest.LockInfo;
import org.meantime.dav.request.MkcolRequest;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.PropfindRequest;
import org.meantime.dav.request.PropfindRequest.Selection;
import org.meantime.dav.request.ProppatchRequest;
import org.meantime.dav.request.PutRequest;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.request.UnlockRequest;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.Upload;

/** The whole pipeline in memory: a request record goes in, a recorded reply comes out. */
final class Pipeline {
  private record Server(Store store, Settings settings, Processor processor) {}

  private final Server server;
  private final String caller;
  private final boolean admin;
  private final Conditions conditions;
  private final Optional<Instant> modified;

  Pipeline(Store store, LockTable lockTable, Clock clock) {
    this(store, new Settings(key -> Optional.empty()), lockTable, clock);
  }

  private Pipeline(Store store, Settings settings, LockTable lockTable, Clock clock) {
    this(
        new Server(
            store,
            settings,
            new Processor(store, new LockManager(lockTable, clock, settings), settings)),
        "ann",
        false,
        Conditions.NONE,
        Optional.empty());
  }

  private Pipeline(
      Server server,
      String caller,
      boolean admin,
      Conditions conditions,
      Optional<Instant> modified) {
    this.server = server;
    this.caller = caller;
    this.admin = admin;
    this.conditions = conditions;
    this.modified = modified;
  }

  /** Those of the server. */
  Settings settings() {
    return server.settings;
  }

  /** The same server, asked by another user. */
  Pipeline as(String name) {
    return new Pipeline(server, name, false, conditions, modified);
  }

  Pipeline asAdmin() {
    return new Pipeline(server, "root", true, conditions, modified);
  }

  /** The same server, asked with an If header whose tags are absolute paths. */
  Pipeline withIf(String header) {
    IfHeader parsed = IfHeader.parse(header);
    Map<String, ResourcePath> tagged = new HashMap<>();
    parsed.lists().stream()
        .map(IfHeader.ConditionList::resource)
        .filter(tag -> !tag.isEmpty())
        .forEach(tag -> tagged.put(tag, ResourcePath.parse(tag.substring("/dav".length()))));
    return with(
        new Conditions(
            conditions.ifMatch(),
            conditions.ifNoneMatch(),
            conditions.ifUnmodifiedSince(),
            conditions.ifModifiedSince(),
            parsed,
            tagged));
  }

  Pipeline with(Conditions other) {
    return new Pipeline(server, caller, admin, other, modified);
  }

  /** The same server, asked with a date of modification. */
  Pipeline at(Instant date) {
    return new Pipeline(server, caller, admin, conditions, Optional.of(date));
  }

  RecordedReply send(DavRequest request) {
    RecordedReply reply = new RecordedReply();
    Runs.run(request, reply, operation -> server.processor.work().accept(request, operation));
    return reply;
  }

  /** The status code of the answer. */
  static int code(RecordedReply reply) {
    return reply.status().code();
  }

  RequestHead head(String path) {
    return new RequestHead(
        ResourcePath.parse(path),
        path.endsWith("/"),
        "/dav",
        new Caller(caller, admin),
        new Client("", false, Prefer.NOTHING),
        conditions);
  }

  int put(String path, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return code(
        send(
            new PutRequest(
                head(path),
                "text/plain",
                "",
                modified,
                bytes.length,
                () -> new ByteArrayInputStream(bytes))));
  }

  /** Has the store keep that, whatever a request could say. */
  void putAs(String path, String content, String contentType, String contentLanguage) {
    DocumentInfo info = new DocumentInfo(contentType, contentLanguage, caller);
    try (Upload upload =
        server.store.receive(new ByteArrayInputStream(content.getBytes(UTF_8)), Progress.NONE)) {
      server.store.transaction(
          () -> {
            server.store.put(ResourcePath.parse(path), upload, info);
            return null;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int mkcol(String path) {
    return code(send(new MkcolRequest(head(path), modified)));
  }

  int delete(String path) {
    return code(send(new DeleteRequest(head(path), Depth.INFINITY)));
  }

  int copy(String from, String to, Depth depth, boolean overwrite) {
    return code(
        send(new CopyRequest(head(from), ResourcePath.parse(to), depth, overwrite, modified)));
  }

  int move(String from, String to, boolean overwrite) {
    return code(
        send(
            new MoveRequest(
                head(from), ResourcePath.parse(to), Depth.INFINITY, overwrite, modified)));
  }

  RecordedReply get(String path) {
    return get(path, null, null);
  }

  RecordedReply get(String path, String range, String ifRange) {
    return send(
        new GetRequest(
            head(path), true, Optional.ofNullable(range), Optional.ofNullable(ifRange), ""));
  }

  RecordedReply propfind(String path, Depth depth, Selection selection) {
    return send(new PropfindRequest(head(path), depth, selection));
  }

  int set(String path, String local, String value) {
    QName name = new QName("urn:x", local);
    String xml = "<x:" + local + " xmlns:x=\"urn:x\">" + value + "</x:" + local + ">";
    return code(
        send(
            new ProppatchRequest(
                head(path), List.of(new PropertyUpdate.Set(new Property(name, xml))))));
  }

  RecordedReply propertyUpdate(String path, List<PropertyUpdate> updates) {
    return send(new ProppatchRequest(head(path), updates));
  }

  /** A shared lock of infinite depth. */
  RecordedReply lock(String path, String owner) {
    return send(
        new LockRequest(
            head(path), Depth.INFINITY, Optional.empty(), Optional.of(new LockInfo(false, owner))));
  }

  RecordedReply lock(String path, boolean exclusive, Depth depth) {
    return send(
        new LockRequest(
            head(path), depth, Optional.empty(), Optional.of(new LockInfo(exclusive, ""))));
  }

  RecordedReply refresh(String path, Timeout timeout) {
    return send(
        new LockRequest(head(path), Depth.INFINITY, Optional.of(timeout), Optional.empty()));
  }

  int unlock(String path, String token) {
    return code(send(new UnlockRequest(head(path), LockToken.parse(token))));
  }

  /** The token of a lock that was granted, in angle brackets. */
  static String token(RecordedReply reply) {
    return reply.header("Lock-Token").orElseThrow();
  }
}
