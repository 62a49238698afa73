package org.meantime.dav.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.meantime.dav.Dates;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.Prefer;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.Timeout;
import org.meantime.dav.operation.OperationDocument;
import org.meantime.dav.request.BodyParser;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.Client;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.DeleteRequest;
import org.meantime.dav.request.GetRequest;
import org.meantime.dav.request.LockRequest;
import org.meantime.dav.request.MkcolRequest;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.OptionsRequest;
import org.meantime.dav.request.PropfindRequest;
import org.meantime.dav.request.ProppatchRequest;
import org.meantime.dav.request.PutRequest;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.request.UnlockRequest;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.xml.XmlLimits;

/**
 * Makes a {@link DavRequest} of what the container received, for one request. Everything but the
 * content of a PUT is read here, so that nothing has happened yet when a request turns out not to
 * make sense.
 */
final class RequestParser {
  /** Fields by which a proxy shows; not all do. */
  private static final List<String> OF_PROXIES =
      List.of("Via", "Forwarded", "X-Real-IP", "X-Varnish");

  private static final String OF_PROXIES_TOO = "X-Forwarded-";

  private static final ResourcePath RESERVED = ResourcePath.parse("/" + OperationDocument.SEGMENT);

  /** What becomes of the content before the request is parsed. */
  @FunctionalInterface
  private interface Before {
    void run(RequestParser parser) throws IOException;
  }

  @FunctionalInterface
  private interface Parsing {
    DavRequest parse(RequestParser parser, RequestHead head) throws IOException;
  }

  // Tables and not switches: once C2 had given a branch of those up as never taken, each GET that
  // took it fell back to the interpreter.
  private static final Map<Method.Content, Before> BEFORE =
      new EnumMap<>(
          Map.of(
              Method.Content.IGNORED,
              parser -> parser.content.drain(parser.maxContent()),
              Method.Content.REFUSED,
              parser -> parser.content.refuse(),
              Method.Content.STREAMED,
              RequestParser::refuseCodings,
              Method.Content.XML,
              RequestParser::refuseCodings));

  private static final Map<Method, Parsing> PARSING =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Method.OPTIONS, (parser, head) -> new OptionsRequest(head)),
              Map.entry(Method.GET, RequestParser::get),
              Map.entry(Method.HEAD, RequestParser::get),
              Map.entry(Method.PUT, RequestParser::put),
              Map.entry(Method.MKCOL, (parser, head) -> new MkcolRequest(head, parser.modified())),
              Map.entry(Method.DELETE, RequestParser::delete),
              Map.entry(Method.COPY, RequestParser::copy),
              Map.entry(Method.MOVE, RequestParser::move),
              Map.entry(Method.PROPFIND, RequestParser::propfind),
              Map.entry(Method.PROPPATCH, RequestParser::proppatch),
              Map.entry(Method.LOCK, RequestParser::lock),
              Map.entry(Method.UNLOCK, RequestParser::unlock)));

  private final HttpServletRequest request;
  private final RequestContent content;
  private final Settings settings;
  private final Method method;
  private final Fields fields;
  private final Location location;
  private final UnaryOperator<ResourcePath> spelling;

  /**
   * Begins with the method and the header fields as such.
   *
   * @param spelling a path as the store spells it
   */
  RequestParser(
      HttpServletRequest request,
      RequestContent content,
      Settings settings,
      UnaryOperator<ResourcePath> spelling) {
    this.request = request;
    this.content = content;
    this.settings = settings;
    method = Method.parse(request.getMethod());
    fields = new Fields(request, settings);
    location = Location.of(request, settings, spelling);
    this.spelling = spelling;
  }

  /** The most bytes of content other than a PUT's. */
  private long maxContent() {
    return settings.number(Setting.XML_MAX);
  }

  /** Parses the rest; a request that cannot be served as it stands is a {@link DavException}. */
  DavRequest parse(Caller caller) throws IOException {
    refuseExpectations();
    RequestHead head = head(caller);
    BEFORE.get(method.content()).run(this);
    return PARSING.get(method).parse(this, head);
  }

  private RequestHead head(Caller caller) {
    String raw = request.getRequestURI();
    ResourcePath asked =
        location
            .path(raw)
            .orElseThrow(() -> new DavException(Status.NOT_FOUND, "the URL is outside the store"));
    refuseReserved(asked);
    return new RequestHead(
        spelling.apply(asked),
        asked,
        ResourcePath.endsInSlash(raw),
        location.base(),
        caller,
        client(),
        new ConditionsParser(fields, location).parse());
  }

  private Client client() {
    boolean proxied =
        request.getProtocol().equals("HTTP/1.0")
            || fields.hasBeginning(OF_PROXIES_TOO)
            || OF_PROXIES.stream().anyMatch(fields::has);
    return new Client(
        Optional.ofNullable(request.getHeader("User-Agent")).orElse(""),
        proxied,
        Prefer.parse(fields.list("Prefer")));
  }

  /** RFC 9110 §10.1.1: an expectation other than 100-continue MAY be answered with 417. */
  private void refuseExpectations() {
    if (!fields.list("Expect").stream().allMatch("100-continue"::equalsIgnoreCase)) {
      throw new DavException(Status.EXPECTATION_FAILED, "Expect is 100-continue");
    }
  }

  /** RFC 9110 §8.4: content in a coding that is not acceptable MAY be answered with 415. */
  private void refuseCodings() {
    if (!fields.list("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
      throw new DavException(Status.UNSUPPORTED_MEDIA_TYPE, "content codings are not understood");
    }
  }

  private GetRequest get(RequestHead head) {
    return new GetRequest(
        head,
        method == Method.GET,
        fields.single("Range"),
        fields.single("If-Range"),
        Optional.ofNullable(request.getQueryString()).orElse(""));
  }

  private PutRequest put(RequestHead head) {
    // RFC 9110 §14.5: a server that does not support partial PUT SHOULD answer 400
    if (fields.single("Content-Range").isPresent()) {
      throw DavException.badRequest("a PUT replaces the whole document");
    }
    return new PutRequest(
        head,
        fields.single("Content-Type").orElse(""),
        String.join(", ", fields.list("Content-Language")),
        modified(),
        content.length(),
        content::open);
  }

  private DeleteRequest delete(RequestHead head) {
    return new DeleteRequest(head, depth());
  }

  private CopyRequest copy(RequestHead head) {
    return new CopyRequest(head, destination(), depth(), overwrite(), modified());
  }

  private MoveRequest move(RequestHead head) {
    return new MoveRequest(head, destination(), depth(), overwrite(), modified());
  }

  private PropfindRequest propfind(RequestHead head) throws IOException {
    Depth depth = depth();
    return new PropfindRequest(head, depth, xml(BodyParser::propfind));
  }

  private ProppatchRequest proppatch(RequestHead head) throws IOException {
    return new ProppatchRequest(head, xml(BodyParser::proppatch));
  }

  private LockRequest lock(RequestHead head) throws IOException {
    Depth depth = depth();
    Optional<Timeout> timeout = Timeout.parse(fields.list("Timeout"));
    Optional<LockRequest.LockInfo> lockinfo = xml(BodyParser::lockinfo);
    lockinfo.ifPresent(this::requireShortOwner);
    return new LockRequest(head, depth, timeout, lockinfo);
  }

  private void requireShortOwner(LockRequest.LockInfo lockinfo) {
    long most = settings.number(Setting.LOCK_OWNER);
    if (lockinfo.owner().getBytes(StandardCharsets.UTF_8).length > most) {
      throw new DavException(Status.FORBIDDEN, "the owner of a lock is over " + most + " bytes");
    }
  }

  /** What the whole content means to {@code parser}. */
  private <T> T xml(BiFunction<InputStream, XmlLimits, T> parser) throws IOException {
    XmlLimits limits = new XmlLimits(maxContent(), settings.number(Setting.XML_NAMES));
    T meaning = parser.apply(content.open(limits.bytes()), limits);
    content.drain(limits.bytes());
    return meaning;
  }

  private UnlockRequest unlock(RequestHead head) {
    return fields
        .single("Lock-Token")
        .map(LockToken::parse)
        .map(token -> new UnlockRequest(head, token))
        .orElseThrow(() -> DavException.badRequest("UNLOCK takes a Lock-Token"));
  }

  private Optional<Instant> modified() {
    return fields
        .single("X-OC-Mtime")
        .map(
            text ->
                Dates.parse(text)
                    .orElseThrow(() -> DavException.badRequest("X-OC-Mtime is no date")));
  }

  private Depth depth() {
    return method.depth(fields.single("Depth").orElse(""));
  }

  /** RFC 4918 §9.8.5: a destination on another server or in another namespace is a 502. */
  private ResourcePath destination() {
    String reference =
        fields
            .single("Destination")
            .orElseThrow(() -> DavException.badRequest(method + " takes a Destination"));
    ResourcePath destination =
        location
            .resolve(reference)
            .orElseThrow(
                () -> new DavException(Status.BAD_GATEWAY, "the destination is elsewhere"));
    refuseReserved(destination);
    return destination;
  }

  private static void refuseReserved(ResourcePath path) {
    if (RESERVED.contains(path)) {
      throw new DavException(Status.FORBIDDEN, path + " is for the documents of operations");
    }
  }

  /** RFC 4918 §10.6: if the field is absent, the resource MUST treat it as if it were T. */
  private boolean overwrite() {
    return switch (fields.single("Overwrite").orElse("T").toUpperCase(Locale.ROOT)) {
      case "T" -> true;
      case "F" -> false;
      default -> throw DavException.badRequest("Overwrite is T or F");
    };
  }
}
