package org.meantime.dav.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meantime.dav.DavException;

/**
 * The characters of a body, decoded strictly (XML 1.0 §4.3.3 and F). The parser could decode by
 * itself, but prints a line on the server's console for each malformed byte it meets.
 */
final class BodyStream {
  private static final int HEAD = 256;
  private static final Pattern DECLARATION =
      Pattern.compile("<\\?xml[^>]*\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

  private BodyStream() {}

  /** The characters; empty where there is not one byte. */
  static Optional<Reader> open(InputStream in) throws IOException {
    PushbackInputStream body = new PushbackInputStream(in, HEAD);
    byte[] head = body.readNBytes(HEAD);
    if (head.length == 0) {
      return Optional.empty();
    }
    String start = new String(head, StandardCharsets.ISO_8859_1);
    int mark = markLength(start);
    body.unread(head, mark, head.length - mark);
    return Optional.of(new InputStreamReader(body, charset(start).newDecoder()));
  }

  private static int markLength(String start) {
    if (start.startsWith("\u00EF\u00BB\u00BF")) {
      return 3;
    }
    return start.startsWith("\u00FE\u00FF") || start.startsWith("\u00FF\u00FE") ? 2 : 0;
  }

  private static Charset charset(String start) {
    if (start.startsWith("\u00FE\u00FF") || start.startsWith("\0<")) {
      return StandardCharsets.UTF_16BE;
    }
    if (start.startsWith("\u00FF\u00FE") || start.startsWith("<\0")) {
      return StandardCharsets.UTF_16LE;
    }
    Matcher declaration = DECLARATION.matcher(start);
    if (markLength(start) > 0 || !declaration.lookingAt()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(declaration.group(1));
    } catch (IllegalArgumentException e) {
      throw DavException.badRequest("the encoding of the body is not known");
    }
  }
}
