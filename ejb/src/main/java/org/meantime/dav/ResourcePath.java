package org.meantime.dav;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a resource below the root of the store: a list of decoded segments. Whether the URL
 * ended in a slash is not part of it. Two URLs that RFC 3986 §6.2.2 calls equivalent, differing in
 * how they percent-encode, are the same path.
 */
public record ResourcePath(List<String> segments) implements Comparable<ResourcePath> {
  /** The root of the store. */
  public static final ResourcePath ROOT = new ResourcePath(List.of());

  /** The longest name of a member, in bytes of UTF-8. */
  public static final int MAX_NAME_BYTES = 255;

  private static final String LOGIN = "j_security_check";

  /**
   * By code point: what stands for itself in the URLs we write. Of what RFC 3986 §3.3 allows, two
   * are not among them: some clients cut a URL at its semicolon, and some read a plus as a space.
   */
  private static final boolean[] UNENCODED = new boolean[0x80];

  static {
    for (char c = 0; c < UNENCODED.length; c++) {
      UNENCODED[c] = Character.isLetterOrDigit(c) || "-._~!$&'()*,=:@".indexOf(c) >= 0;
    }
  }

  public ResourcePath {
    segments = List.copyOf(segments);
  }

  /**
   * Parses the raw path of a URL below the root, such as {@code /a/b%20c/}. Empty segments and
   * single dots count for nothing where they stand unencoded. A {@code ;} or {@code +} is a
   * character like others. Two dots, encoded dots and slashes, backslashes, control characters, bad
   * escapes and bad UTF-8 are a 400: each is a way for two parties to disagree about which resource
   * is meant. A name over 255 bytes is a 414.
   */
  public static ResourcePath parse(String raw) {
    if (!raw.isEmpty() && raw.charAt(0) != '/') {
      throw DavException.badRequest("a path starts with a slash");
    }
    List<String> segments = new ArrayList<>();
    for (int from = 1; from < raw.length(); ) {
      int slash = raw.indexOf('/', from);
      int to = slash < 0 ? raw.length() : slash;
      String segment = raw.substring(from, to);
      if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(decode(segment));
      }
      from = to + 1;
    }
    return segments.isEmpty() ? ROOT : new ResourcePath(segments);
  }

  /** Whether the raw path of a URL ends in a slash, and so can name a collection only. */
  public static boolean endsInSlash(String raw) {
    return raw.endsWith("/") || raw.endsWith("/.");
  }

  private static String decode(String segment) {
    if (unencoded(segment) == segment.length() && segment.length() <= MAX_NAME_BYTES) {
      return checked(segment);
    }
    ByteBuffer bytes = unescape(segment);
    if (bytes.remaining() > MAX_NAME_BYTES) {
      throw new DavException(Status.URI_TOO_LONG, "a name is over " + MAX_NAME_BYTES + " bytes");
    }
    try {
      return checked(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw DavException.badRequest("the path is not UTF-8");
    }
  }

  /**
   * Whether a server may take the segment, decoded, for a login: it then looks at the credentials
   * before any application is asked (Jakarta Servlet 6.0 §13.6.3; Payara does so for BASIC ones
   * too, and cuts a URL at its first semicolon).
   */
  public static boolean isLogin(String segment) {
    return segment.equals(LOGIN) || segment.startsWith(LOGIN + ";");
  }

  private static ByteBuffer unescape(String segment) {
    ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 3);
    for (int i = 0; i < segment.length(); ) {
      if (segment.charAt(i) == '%') {
        bytes.put((byte) (digit(segment, i + 1) << 4 | digit(segment, i + 2)));
        i += 3;
      } else {
        int percent = segment.indexOf('%', i);
        int end = percent < 0 ? segment.length() : percent;
        bytes.put(utf8(segment.substring(i, end)));
        i = end;
      }
    }
    return bytes.flip();
  }

  private static byte[] utf8(String text) {
    if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      throw DavException.badRequest("the path has a query or a fragment");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // Half a surrogate pair has no UTF-8 and has become a question mark.
    if (new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      return bytes;
    }
    throw DavException.badRequest("the path is not Unicode");
  }

  private static int digit(String segment, int at) {
    // Character.digit knows the digits of every script.
    char c = at < segment.length() ? segment.charAt(at) : ' ';
    int value = c < 0x80 ? Character.digit(c, 16) : -1;
    if (value < 0) {
      throw DavException.badRequest("a percent sign is followed by two hexadecimal digits");
    }
    return value;
  }

  private static String checked(String name) {
    if (name.equals(".") || name.equals("..")) {
      throw DavException.badRequest("the path has a dot segment");
    }
    if (isLogin(name)) {
      throw DavException.badRequest("servers take " + LOGIN + " for a login");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/' || c == '\\' || Character.isISOControl(c)) {
        throw DavException.badRequest("the path has a character that names no member");
      }
    }
    return name;
  }

  /**
   * Ancestors first, then by the characters of names: so that a table of paths whose names were
   * chosen to have one hash stays quick.
   */
  @Override
  public int compareTo(ResourcePath other) {
    int common = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      int order = segments.get(i).compareTo(other.segments.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(segments.size(), other.segments.size());
  }

  /** How long it is, in bytes of UTF-8: each name and the slash before it. */
  public int bytes() {
    int bytes = segments.size();
    for (String segment : segments) {
      bytes += segment.getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  public boolean isRoot() {
    return segments.isEmpty();
  }

  /** Whether all its names are ASCII, so that each can be spelt in one way only. */
  public boolean isAscii() {
    return segments.stream().allMatch(ResourcePath::isAscii);
  }

  /** Whether the name is ASCII. */
  public static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The last segment; the empty string for the root. */
  public String name() {
    return isRoot() ? "" : segments.get(segments.size() - 1);
  }

  /** The collection this path is a member of; the root is its own parent. */
  public ResourcePath parent() {
    return isRoot() ? this : new ResourcePath(segments.subList(0, segments.size() - 1));
  }

  /** The member of that (decoded) name. */
  public ResourcePath member(String name) {
    String[] longer = segments.toArray(new String[segments.size() + 1]);
    longer[segments.size()] = name;
    return new ResourcePath(List.of(longer));
  }

  /** The same path with {@code from}, an ancestor or itself, replaced by {@code to}. */
  public ResourcePath rebase(ResourcePath from, ResourcePath to) {
    List<String> rebased = new ArrayList<>(to.segments);
    rebased.addAll(segments.subList(from.segments.size(), segments.size()));
    return new ResourcePath(rebased);
  }

  /** True where {@code other} is this path or lies anywhere below it. */
  public boolean contains(ResourcePath other) {
    int size = segments.size();
    return size <= other.segments.size() && segments.equals(other.segments.subList(0, size));
  }

  /** The percent-encoded path, without a slash at the end except for the root: {@code /a/b%20c}. */
  @Override
  public String toString() {
    if (isRoot()) {
      return "/";
    }
    StringBuilder text = new StringBuilder(64);
    for (String segment : segments) {
      text.append('/');
      encode(segment, text);
    }
    return text.toString();
  }

  /** The percent-encoded path, with a slash at the end where it names a collection. */
  public String toString(boolean collection) {
    return collection && !isRoot() ? this + "/" : toString();
  }

  private static void encode(String segment, StringBuilder text) {
    int unencoded = unencoded(segment);
    text.append(segment, 0, unencoded);
    for (byte b : segment.substring(unencoded).getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isUnencoded(c)) {
        text.append(c);
      } else {
        text.append('%');
        text.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        text.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
  }

  /** How many characters at the beginning stand for themselves in a URL: most often all. */
  private static int unencoded(String segment) {
    int count = 0;
    while (count < segment.length() && isUnencoded(segment.charAt(count))) {
      count++;
    }
    return count;
  }

  private static boolean isUnencoded(char c) {
    return c < UNENCODED.length && UNENCODED[c];
  }
}
