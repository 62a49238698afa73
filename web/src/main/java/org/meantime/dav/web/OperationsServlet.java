package org.meantime.dav.web;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.meantime.dav.DavException;
import org.meantime.dav.Prefer;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Body;
import org.meantime.dav.operation.KeptReply;
import org.meantime.dav.operation.OperationDocument;
import org.meantime.dav.operation.OperationDocuments.Page;
import org.meantime.dav.operation.OperationDocuments.Place;
import org.meantime.dav.operation.Operations;
import org.meantime.dav.request.Caller;
import org.meantime.dav.settings.Setting;

/**
 * The documents of long operations, below the root of the store: all of one user, or of everybody
 * for an administrator; one; its result. DELETE stops one that runs, and forgets one that ended.
 */
public class OperationsServlet extends Door {
  private static final long serialVersionUID = 1;
  private static final System.Logger LOG = System.getLogger(OperationsServlet.class.getName());
  private static final String JSON = "application/json";
  private static final String HTML = "text/html";

  @Inject private transient Operations operations;

  @Override
  String allow() {
    return "OPTIONS, GET, HEAD, DELETE";
  }

  /** Whoever may read may stop what reads; others' operations are not found. */
  @Override
  boolean reads(String method) {
    return true;
  }

  @Override
  void answer(Visit visit, Caller caller) throws IOException {
    String path = Optional.ofNullable(visit.request().getPathInfo()).orElse("/");
    switch (visit.request().getMethod()) {
      case "OPTIONS" -> {
        visit.reply().header("Allow", allow());
        end(visit, Status.OK);
      }
      case "GET", "HEAD" -> get(visit, path, caller);
      case "DELETE" -> end(visit, delete(find(path, caller), caller));
      case "POST" -> {
        visit.content().ask(); // the container reads it
        post(visit, find(path, caller), caller);
      }
      default -> throw new DavException(Status.METHOD_NOT_ALLOWED, "this is no resource");
    }
  }

  private void get(Visit visit, String path, Caller caller) throws IOException {
    Optional<OperationsPage.Asset> asset = OperationsPage.Asset.at(path);
    if (asset.isPresent()) {
      visit.reply().header("Content-Type", asset.get().type());
      send(visit, asset.get().content());
    } else if (path.equals("/")) {
      getAll(visit, caller);
    } else if (path.endsWith(OperationJson.RESULT)) {
      String id = path.substring(0, path.length() - OperationJson.RESULT.length());
      getResult(visit, find(id, caller));
    } else {
      getOne(visit, find(path, caller), caller);
    }
  }

  private void getAll(Visit visit, Caller caller) {
    Optional<Place> from =
        Optional.ofNullable(visit.request().getParameter(OperationsPage.FROM)).map(Place::parse);
    long most = settings().number(Setting.OPERATION_PAGE);
    Page page = operations.documents().page(caller, from, most);
    OperationsPage.next(page, base(visit))
        .ifPresent(href -> visit.reply().header("Link", "<" + href + ">; rel=\"next\""));
    if (preferred(visit, JSON, HTML).equals(HTML)) {
      send(visit, OperationsPage.of(page, from.isPresent(), base(visit)));
    } else {
      JsonArrayBuilder json = Json.createArrayBuilder();
      page.documents().forEach(document -> json.add(OperationJson.of(document)));
      send(visit, json.build());
    }
  }

  private void getOne(Visit visit, OperationDocument document, Caller caller) throws IOException {
    switch (preferred(visit, JSON, HTML, EventStream.TYPE)) {
      case HTML -> send(visit, OperationsPage.of(document, base(visit)));
      case EventStream.TYPE -> {
        operations.requireMayFollow(caller);
        EventStream.begin(visit, document, caller);
      }
      default -> {
        Optional<Duration> wait = Prefer.parse(fields(visit).list("Prefer")).waiting();
        if (wait.isPresent() && document.ended().isEmpty()) {
          operations.requireMayFollow(caller);
          awaitEnd(visit, document, wait.get(), caller);
        } else {
          send(visit, OperationJson.of(document));
        }
      }
    }
  }

  /**
   * Answers when the operation has ended, or when the client has waited for as long as it wants.
   */
  private void awaitEnd(Visit visit, OperationDocument document, Duration wait, Caller caller) {
    long begun = System.nanoTime();
    visit.reply().async(visit.later());
    visit.reply().header("Preference-Applied", "wait=" + wait.toSeconds());
    document.follow(
        it -> {
          boolean wanted = it.ended().isEmpty() && System.nanoTime() - begun < wait.toNanos();
          if (!wanted) {
            sendLate(visit, it);
          }
          return wanted;
        },
        caller);
  }

  private void sendLate(Visit visit, OperationDocument document) {
    try {
      send(visit, OperationJson.of(document));
    } catch (UncheckedIOException e) {
      LOG.log(Level.DEBUG, "a client left before its answer", e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a client could not be answered", e);
      refuse(visit.reply(), new DavException(Status.INTERNAL_SERVER_ERROR, "internal error"));
    }
  }

  private static void getResult(Visit visit, OperationDocument document) {
    KeptReply result =
        document
            .result()
            .orElseThrow(() -> new DavException(Status.NOT_FOUND, "there is no result"));
    if (result.isLost()) {
      throw new DavException(Status.GONE, OperationJson.LOST);
    }
    Optional<Body> content = result.content();
    if (content.isEmpty()) {
      end(visit, Status.NO_CONTENT);
    } else {
      Optional.ofNullable(result.headers().get("Content-Type"))
          .ifPresent(type -> visit.reply().header("Content-Type", type));
      send(visit, content.get());
    }
  }

  private OperationDocument find(String path, Caller caller) {
    return id(path)
        .flatMap(id -> operations.documents().find(id, caller))
        .orElseThrow(() -> new DavException(Status.NOT_FOUND, "there is no such operation"));
  }

  /** The id that is a slash and the rest of the path; empty where there is none. */
  private static Optional<UUID> id(String path) {
    try {
      return path.startsWith("/")
          ? Optional.of(UUID.fromString(path.substring(1)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Status delete(OperationDocument document, Caller caller) {
    if (document.cancel("cancelled by " + caller.name())) {
      return Status.ACCEPTED;
    }
    operations.documents().forget(document);
    return Status.NO_CONTENT;
  }

  /** What a form of the page asks for: one cannot send DELETE. */
  private void post(Visit visit, OperationDocument document, Caller caller) {
    if (!isFromHere(visit)) {
      throw new DavException(Status.FORBIDDEN, "forms are taken from the page alone");
    }
    String next = document.href();
    boolean ended = document.ended().isPresent();
    boolean cancel = "cancel".equals(visit.request().getParameter("action"));
    if (cancel && !ended) {
      delete(document, caller);
    } else if (!cancel && ended) {
      delete(document, caller);
      next = base(visit) + "/";
    }
    visit.reply().header("Location", next);
    end(visit, Status.SEE_OTHER);
  }

  /** A browser tells where a form is from; another site's is not the user's will. */
  private static boolean isFromHere(Visit visit) {
    String origin = Optional.ofNullable(visit.request().getHeader("Origin")).orElse("");
    int authority = origin.indexOf("://");
    return authority > 0
        && Authorities.of(visit.request())
            .contain(origin.substring(0, authority), origin.substring(authority + 3));
  }

  private String preferred(Visit visit, String... offered) {
    visit.reply().header("Vary", "Accept");
    return MediaTypes.preferred(fields(visit).list("Accept"), List.of(offered));
  }

  private Fields fields(Visit visit) {
    return new Fields(visit.request(), settings());
  }

  private static String base(Visit visit) {
    return Location.base(visit.request());
  }

  private static void send(Visit visit, JsonValue json) {
    visit.reply().header("Cache-Control", "no-store");
    send(visit, JSON, json.toString());
  }

  private static void send(Visit visit, OperationsPage page) {
    visit.reply().header("Cache-Control", "no-store");
    visit.reply().header("Content-Security-Policy", OperationsPage.POLICY);
    send(visit, HTML + "; charset=utf-8", page.text());
  }

  private static void send(Visit visit, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    visit.reply().header("Content-Type", type);
    visit.reply().header("Content-Length", String.valueOf(bytes.length));
    send(visit, out -> out.write(bytes));
  }

  private static void send(Visit visit, Body content) {
    visit.reply().send(Status.OK, content);
    visit.reply().end();
  }

  private static void end(Visit visit, Status status) {
    visit.reply().send(status);
    visit.reply().end();
  }
}
