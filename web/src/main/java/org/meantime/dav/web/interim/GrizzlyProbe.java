package org.meantime.dav.web.interim;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.meantime.dav.Digits;
import org.meantime.dav.ResourcePath;

/**
 * Looks at the head of each HTTP/1 request to this application before Grizzly reads on, and before
 * the container looks at the URL. What these would take for something else than other parties do,
 * or answer wrongly themselves, is refused: whatever is thrown here becomes a 400, and the
 * connection is closed, so that nothing of the content becomes a request.
 */
final class GrizzlyProbe extends HttpProbe.Adapter {
  private static final int LONGEST_LENGTH = 18; // digits
  private static final Pattern LENGTH = Pattern.compile("(?i)\ncontent-length[ \t]*:");
  private static final Pattern HOST =
      Pattern.compile("(\\[[^\\[\\]\\s/@]+]|[^\\[\\]:\\s/?#@\\p{Cntrl}]+)(:[0-9]{0,5})?");
  private static final List<String> OF_CONNECTIONS =
      List.of("Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "Upgrade");
  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  private final String context;

  /** For the application at that path, which is empty at the root. */
  GrizzlyProbe(String context) {
    this.context = context;
  }

  @Override
  @SuppressWarnings("rawtypes") // as Grizzly has it
  public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
    if (header instanceof HttpRequestPacket request && isOurs(request.getRequestURI())) {
      String path = path(request.getRequestURI());
      requireUrl(path);
      requireHost(request);
      requireFraming(request);
      if (request.isChunked()) {
        GrizzlyInside.readBy(new GrizzlyChunks(), request);
      }
      GrizzlyInside.holdBack(request);
      addSlash(request);
      String plain = unescaped(path);
      if (plain.contains("/.") || plain.contains("//")) {
        // as bytes the container would take three dots for two, and lose its way at a dot or two
        // slashes; characters it reads right
        request.getRequestURIRef().init(request.getRequestURI());
      }
    }
  }

  /** The container would answer the bare path of an application itself, by a redirection. */
  void addSlash(HttpRequestPacket request) {
    if (request.getRequestURI().equals(context)) {
      request.getRequestURIRef().init(context + "/");
    }
  }

  /** Whether the container may come to this application by that URL, whichever way it is spelt. */
  boolean isOurs(String uri) {
    String path = path(uri).replaceFirst("^[A-Za-z]+://[^/]*", "");
    if (isBelow(path)) {
      return true;
    }
    return !isPlain(path) && isBelow(normal(path));
  }

  private static boolean isPlain(String path) {
    return path.indexOf('%') < 0 && !path.contains("//") && !path.contains("/.");
  }

  private boolean isBelow(String path) {
    return path.startsWith(context)
        && (path.length() == context.length() || "/;".indexOf(path.charAt(context.length())) >= 0);
  }

  /** As lenient as the container, which is asked nothing here. */
  private static String normal(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : unescaped(path).split("/")) {
      String name = segment.split(";", 2)[0];
      if (name.length() > 1 && name.chars().allMatch(c -> c == '.')) {
        segments.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        segments.add(name);
      }
    }
    return "/" + String.join("/", segments);
  }

  private static String unescaped(String path) {
    if (path.indexOf('%') < 0) {
      return path; // as nearly every request has it
    }
    StringBuilder text = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' && i + 2 < path.length()) {
        int byteOf =
            Character.digit(path.charAt(i + 1), 16) * 16 + Character.digit(path.charAt(i + 2), 16);
        if (byteOf > 0) {
          c = (char) byteOf;
          i += 2;
        }
      }
      text.append(c);
    }
    return text.toString();
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  /** RFC 3986 §2.1; the container answers others itself, over TLS with an empty 200. */
  static void requireUrl(String uri) {
    String path = path(uri);
    for (String segment : unescaped(path).split("/")) {
      require(!ResourcePath.isLogin(segment), "a login, which the container would answer itself");
    }
    if (path.indexOf('%') < 0 && path.indexOf('\\') < 0) {
      return;
    }
    ByteBuffer decoded = ByteBuffer.allocate(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        c = (char) (digit(path, i + 1) * 16 + digit(path, i + 2));
        i += 2;
        decoded.put((byte) c);
      } else {
        decoded.put(c < 0x80 ? (byte) c : (byte) 'x'); // raw, which the container reads by itself
      }
      require(c >= ' ' && c != 0x7F && c != '\\', "a character that no URL has");
    }
    requireUtf8(decoded.flip());
  }

  private static int digit(String path, int at) {
    int digit = at < path.length() ? Character.digit(path.charAt(at), 16) : -1;
    require(digit >= 0, "an escape that is none");
    return digit;
  }

  private static void requireUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(bytes);
    } catch (CharacterCodingException e) {
      require(false, "a URL that is no UTF-8");
    }
  }

  /** RFC 9110 §7.2; the container answers others with its own 500, over TLS with an empty 200. */
  static void requireHost(HttpRequestPacket request) {
    String host = request.getHeader(Header.Host);
    require(host == null || HOST.matcher(host.strip()).matches(), "a host that is none");
  }

  /** RFC 9112 §6: one way to tell where the content ends, and one that is understood. */
  private static void requireFraming(HttpRequestPacket request) {
    MimeHeaders fields = request.getHeaders();
    int lengths = lengths(fields);
    int codings = 0;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.getName(i).equalsIgnoreCase("Transfer-Encoding")) {
        codings++;
        require(fields.getValue(i).toString().strip().equalsIgnoreCase("chunked"), "a coding");
      }
    }
    require(codings + lengths <= 1, "two lengths");
    require(codings == 0 || !hasLength(GrizzlyInside.head(request)), "a length and a coding");
    require(codings == 0 || request.getProtocol() == Protocol.HTTP_1_1, "HTTP/1.0 in chunks");
    boolean content = codings + lengths > 0;
    require(!content || !request.getMethod().matchesMethod("TRACE"), "TRACE has no content");
    // told to switch, such a client begins with HTTP/2, and that would be read as the content
    boolean waits = fields.getValue("Upgrade") != null && fields.getValue("Expect") != null;
    require(!content || !waits, "an upgrade with content that waits");
  }

  /** Whether there is a length before the coding: the engine takes that field away. */
  private static boolean hasLength(Buffer head) {
    String text = head.toStringContent(StandardCharsets.ISO_8859_1, 0, head.limit());
    return LENGTH.matcher(text).find();
  }

  /** RFC 9113 §8.2: no field is about the connection; §8.1.1: one length, which is a number. */
  static void requireHttp2Fields(HttpRequestPacket request) {
    MimeHeaders fields = request.getHeaders();
    require(lengths(fields) <= 1 && request.getContentLength() >= -1, "a length that is none");
    for (String name : OF_CONNECTIONS) {
      require(fields.getValue(name) == null, "a field about the connection");
    }
  }

  /** How many lengths there are; names and lengths are right. */
  private static int lengths(MimeHeaders fields) {
    int lengths = 0;
    for (int i = 0; i < fields.size(); i++) {
      String name = fields.getName(i).toString();
      require(!name.isEmpty() && name.chars().allMatch(GrizzlyProbe::isToken), "a field's name");
      if (name.equalsIgnoreCase("Content-Length")) {
        lengths++;
        require(isLength(fields.getValue(i).toString().strip()), "a length that is none");
      }
    }
    return lengths;
  }

  private static boolean isToken(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0);
  }

  private static boolean isLength(String text) {
    return text.length() <= LONGEST_LENGTH && Digits.isNumber(text);
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalArgumentException(what);
    }
  }
}
