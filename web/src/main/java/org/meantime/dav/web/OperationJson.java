package org.meantime.dav.web;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import org.meantime.dav.operation.Journal;
import org.meantime.dav.operation.KeptReply;
import org.meantime.dav.operation.OperationDocument;
import org.meantime.dav.operation.Tally;

/** The document of an operation as programs read it. */
final class OperationJson {
  /** What follows the URL of an operation in that of its result. */
  static final String RESULT = "/result";

  /** What is said of a result that there was no room for. */
  static final String LOST = "the result was not kept: there was no room for it";

  private OperationJson() {}

  static JsonObject of(OperationDocument document) {
    Journal.Entry entry = document.entry();
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", entry.id().toString())
            .add("href", document.href())
            .add("method", entry.method())
            .add("target", entry.target());
    entry.destination().ifPresent(destination -> json.add("destination", destination));
    json.add("user", entry.user()).add("client", entry.agent());
    json.add("state", state(document));
    addProgress(json, document);
    json.add("interims", document.interims()).add("startedAt", entry.startedAt().toString());
    document.ended().ifPresent(end -> addEnd(json, end));
    document.result().ifPresent(result -> addResult(json, document, result));
    return json.build();
  }

  static String state(OperationDocument document) {
    return document.state().name().toLowerCase(Locale.ROOT);
  }

  private static void addProgress(JsonObjectBuilder json, OperationDocument document) {
    Tally tally = document.tally();
    json.add("done", tally.members());
    tally.expected().ifPresent(total -> json.add("total", total));
    tally.current().ifPresent(current -> json.add("current", current.toString()));
    if (tally.bytes() > 0) {
      json.add("bytes", tally.bytes());
    }
    document.length().ifPresent(length -> json.add("totalBytes", length));
  }

  private static void addEnd(JsonObjectBuilder json, OperationDocument.End end) {
    json.add("endedAt", end.at().toString());
    end.status().ifPresent(status -> json.add("status", status.code()));
    if (!end.reason().isEmpty()) {
      json.add("reason", end.reason());
    }
  }

  private static void addResult(
      JsonObjectBuilder json, OperationDocument document, KeptReply result) {
    if (result.isLost()) {
      json.add("reason", LOST);
      return;
    }
    JsonObjectBuilder headers = Json.createObjectBuilder();
    result.headers().forEach(headers::add);
    json.add("headers", headers).add("result", document.href() + RESULT);
  }
}
