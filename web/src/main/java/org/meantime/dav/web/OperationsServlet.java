package org.meantime.dav.web;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Body;
import org.meantime.dav.operation.OperationDocument;
import org.meantime.dav.operation.OperationDocuments;
import org.meantime.dav.operation.Operations;
import org.meantime.dav.request.Caller;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * The documents of long operations, below the root of the store: all of one user, or of everybody
 * for an administrator; one; its result. DELETE stops one that runs, and forgets one that ended.
 */
public class OperationsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String RESULT = "/result";

  @Inject private transient Operations operations;
  @Inject private transient Settings settings;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setDateHeader("Date", System.currentTimeMillis()); // Payara sends none
    try {
      // whoever may read may stop what reads; others' operations are not found
      String challenge = settings.text(Setting.CHALLENGE);
      Optional<Caller> caller = AccessControl.admit(request, response, challenge, true);
      if (caller.isPresent()) {
        answer(request, response, caller.get());
      }
    } catch (DavException e) {
      refuse(request, response, e);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, Caller caller)
      throws IOException {
    String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
    OperationDocuments documents = operations.documents();
    switch (request.getMethod()) {
      case "OPTIONS" -> response.setHeader("Allow", "OPTIONS, GET, HEAD, DELETE");
      case "GET", "HEAD" -> {
        if (path.equals("/")) {
          JsonArrayBuilder all = Json.createArrayBuilder();
          documents.all(caller).forEach(document -> all.add(json(document)));
          send(response, all.build());
        } else if (path.endsWith(RESULT)) {
          sendResult(response, find(path.substring(0, path.length() - RESULT.length()), caller));
        } else {
          send(response, json(find(path, caller)).build());
        }
      }
      case "DELETE" -> delete(response, find(path, caller), caller);
      default -> throw new DavException(Status.METHOD_NOT_ALLOWED, "this is no resource");
    }
  }

  private OperationDocument find(String path, Caller caller) {
    try {
      return operations
          .documents()
          .find(UUID.fromString(path.substring(1)), caller)
          .orElseThrow(() -> new DavException(Status.NOT_FOUND, "there is no such operation"));
    } catch (IllegalArgumentException e) {
      throw new DavException(Status.NOT_FOUND, "there is no such operation");
    }
  }

  private void delete(HttpServletResponse response, OperationDocument document, Caller caller) {
    if (document.cancel("cancelled by " + caller.name())) {
      response.setStatus(Status.ACCEPTED.code());
    } else {
      operations.documents().forget(document);
      response.setStatus(Status.NO_CONTENT.code());
    }
  }

  private static JsonObjectBuilder json(OperationDocument document) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", document.id().toString())
            .add("href", document.href())
            .add("method", document.method())
            .add("target", document.target())
            .add("user", document.user())
            .add("state", document.state().name().toLowerCase(Locale.ROOT))
            .add("done", document.done())
            .add("startedAt", document.startedAt().toString());
    document.destination().ifPresent(destination -> json.add("destination", destination));
    document.total().ifPresent(total -> json.add("total", total));
    document.current().ifPresent(current -> json.add("current", current.toString()));
    document.ended().ifPresent(end -> addEnd(json, document, end));
    return json;
  }

  private static void addEnd(
      JsonObjectBuilder json, OperationDocument document, OperationDocument.End end) {
    JsonObjectBuilder headers = Json.createObjectBuilder();
    document.headers().forEach(headers::add);
    json.add("endedAt", end.at().toString())
        .add("status", end.status().code())
        .add("headers", headers);
    document.result().ifPresent(body -> json.add("result", document.href() + RESULT));
  }

  private static void send(HttpServletResponse response, JsonValue json) throws IOException {
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void sendResult(HttpServletResponse response, OperationDocument document)
      throws IOException {
    Body body =
        document
            .result()
            .orElseThrow(() -> new DavException(Status.NOT_FOUND, "there is no result"));
    Optional.ofNullable(document.headers().get("Content-Type")).ifPresent(response::setContentType);
    body.writeTo(response.getOutputStream());
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, DavException error)
      throws IOException {
    Map<Status, String[]> fields =
        Map.of(
            Status.UNAUTHORIZED, new String[] {"WWW-Authenticate", AccessControl.CHALLENGE},
            Status.METHOD_NOT_ALLOWED, new String[] {"Allow", "OPTIONS, GET, HEAD, DELETE"});
    Optional.ofNullable(fields.get(error.status()))
        .ifPresent(field -> response.setHeader(field[0], field[1]));
    ErrorBody body = ErrorBody.of(error, request.getContextPath());
    response.setStatus(error.status().code());
    response.setContentType(body.type());
    response.getOutputStream().write(body.bytes());
  }
}
