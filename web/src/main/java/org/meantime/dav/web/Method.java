package org.meantime.dav.web;

import static org.meantime.dav.Depth.INFINITY;
import static org.meantime.dav.Depth.ONE;
import static org.meantime.dav.Depth.ZERO;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Status;

/**
 * The one table of methods: who may use each, what it does with content, which depths it takes. A
 * Depth field that is absent always means infinity; where a method takes no depth at all, the field
 * is ignored.
 */
enum Method {
  OPTIONS(Access.READ, Content.IGNORED),
  GET(Access.READ, Content.IGNORED),
  HEAD(Access.READ, Content.IGNORED),
  PUT(Access.WRITE, Content.STREAMED),
  MKCOL(Access.WRITE, Content.REFUSED),
  // 0 only of documents, which is for the method to see
  DELETE(Access.WRITE, Content.IGNORED, ZERO, INFINITY),
  MOVE(Access.WRITE, Content.IGNORED, ZERO, INFINITY),
  COPY(Access.WRITE, Content.IGNORED, ZERO, INFINITY),
  PROPFIND(Access.READ, Content.XML, ZERO, ONE, INFINITY),
  PROPPATCH(Access.WRITE, Content.XML),
  LOCK(Access.WRITE, Content.XML, ZERO, INFINITY),
  UNLOCK(Access.WRITE, Content.IGNORED);

  /** What a method needs the right to. */
  enum Access {
    READ,
    WRITE
  }

  /** What a method does with the content of its request. */
  enum Content {
    /** Read to its end and forgotten. */
    IGNORED,
    /** A 415. */
    REFUSED,
    /** Read while the method runs. */
    STREAMED,
    /** Parsed before the method runs. */
    XML
  }

  /** RFC 9110 §9, RFC 5789: methods of HTTP that no resource here has. */
  private static final Set<String> OTHERS = Set.of("POST", "PATCH", "TRACE", "CONNECT");

  private static final Map<String, Method> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Method::name, it -> it));

  /** The value of an Allow field where no resource is known: every method there is. */
  static final String ALLOW =
      Arrays.stream(values()).map(Method::name).collect(Collectors.joining(", "));

  private final Access access;
  private final Content content;
  private final Set<Depth> depths;

  Method(Access access, Content content, Depth... depths) {
    this.access = access;
    this.content = content;
    this.depths = EnumSet.noneOf(Depth.class);
    this.depths.addAll(Arrays.asList(depths));
  }

  /** Parses a method name; one we do not have is a 405, one we do not know a 501. */
  static Method parse(String name) {
    Method method = BY_NAME.get(name);
    if (method != null) {
      return method;
    }
    if (OTHERS.contains(name)) {
      throw new DavException(Status.METHOD_NOT_ALLOWED, name + " is for no resource here");
    }
    throw new DavException(Status.NOT_IMPLEMENTED, "unknown method");
  }

  /** True for the names of methods that only read; an unknown method is not one of them. */
  static boolean reads(String name) {
    Method method = BY_NAME.get(name);
    return method != null && method.access == Access.READ;
  }

  Content content() {
    return content;
  }

  /** The depth of a request whose Depth field has that value, or the empty string for none. */
  Depth depth(String field) {
    Depth depth = field.isEmpty() ? INFINITY : Depth.parse(field);
    if (!depths.contains(depth)) {
      throw DavException.badRequest(name() + " takes no Depth: " + depth);
    }
    return depth;
  }
}
