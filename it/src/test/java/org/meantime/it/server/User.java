package org.meantime.it.server;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The users of the server under test, and the roles each has; the password is the name. On a server
 * that is not ours, those who send credentials are all the one that {@code it.user} names.
 */
public enum User {
  READER("dav-read"),
  WRITER("dav-read", "dav-write"),
  /** Another one who may do what {@link #WRITER} may. */
  WRITER2("dav-write"),
  ADMIN("dav-admin"),
  /** Whose password is another one, and no ASCII. */
  UMLAUT("dav-read"),
  /** Known to the server, without any role. */
  NOBODY,
  /** Sends no credentials. */
  ANONYMOUS;

  private final List<String> roles;

  User(String... roles) {
    this.roles = List.of(roles);
  }

  public String username() {
    return System.getProperty("it.user", name().toLowerCase(Locale.ROOT));
  }

  public String password() {
    return System.getProperty("it.password", this == UMLAUT ? "pä:ß" : username());
  }

  /** Those the server knows. */
  static List<User> known() {
    return Stream.of(values()).filter(user -> user != ANONYMOUS).toList();
  }

  List<String> roles() {
    return roles;
  }

  /** The value of the Authorization header that this user sends. */
  public Optional<String> authorization() {
    return authorization(StandardCharsets.UTF_8);
  }

  /** The same of a client with a charset of its own. */
  public Optional<String> authorization(Charset charset) {
    if (this == ANONYMOUS || username().isEmpty()) {
      return Optional.empty();
    }
    byte[] credentials = (username() + ":" + password()).getBytes(charset);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials));
  }
}
