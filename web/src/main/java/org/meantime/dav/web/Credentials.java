package org.meantime.dav.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meantime.dav.DavException;

/**
 * BASIC credentials as a client sent them (RFC 7617), and the address they came from: that of the
 * proxy where there is one.
 */
record Credentials(String field, String address) {
  private static final String FIELD = "Authorization";
  private static final String SCHEME = "Basic ";
  private static final int MAX_SHOWN = 64;

  /** What would begin a line of its own in a log, or end the quotes around a name. */
  private static final Pattern UNSHOWN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\"]");

  /** Never used itself: to look one up takes longer than to hash. */
  private static final MessageDigest SALTED = salted();

  private static MessageDigest salted() {
    try {
      byte[] salt = new byte[16];
      new SecureRandom().nextBytes(salt);
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      return sha;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Stands for credentials without giving them away, in this run of the server. */
  record Digest(long high, long low) {}

  /**
   * Those of a request; empty where it has none, or of another kind. Several are a 400: the server
   * might look at others than are counted here.
   */
  static Optional<Credentials> of(HttpServletRequest request) {
    Enumeration<String> fields = request.getHeaders(FIELD);
    String field = fields.hasMoreElements() ? fields.nextElement() : null;
    if (fields.hasMoreElements()) {
      throw DavException.badRequest("there is more than one " + FIELD);
    }
    return field != null && field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(new Credentials(field, request.getRemoteAddr()))
        : Optional.empty();
  }

  Digest digest() {
    try {
      MessageDigest sha = (MessageDigest) SALTED.clone();
      ByteBuffer digest = ByteBuffer.wrap(sha.digest(field.getBytes(StandardCharsets.UTF_8)));
      return new Digest(digest.getLong(), digest.getLong());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // the JDK's can be cloned
    }
  }

  /** The address; of IPv6 the first half, as one client has the whole of the other. */
  String network() {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      String literal = address.replaceFirst("%.*", "");
      byte[] bytes = InetAddress.getByName(literal).getAddress();
      return HexFormat.of().formatHex(bytes, 0, bytes.length == 4 ? 4 : 8);
    } catch (UnknownHostException e) {
      return address;
    }
  }

  /** The address as a log shows it. */
  String shownAddress() {
    return UNSHOWN.matcher(address).replaceAll("?");
  }

  /** The user as a log shows it; a field that is not well formed may be all password. */
  String shownUser() {
    String pair;
    try {
      byte[] bytes = Base64.getDecoder().decode(field.substring(SCHEME.length()).strip());
      pair = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      pair = "";
    }
    int colon = pair.indexOf(':');
    String user = colon < 0 ? "?" : pair.substring(0, Math.min(colon, MAX_SHOWN));
    return UNSHOWN.matcher(user).replaceAll("?");
  }
}
