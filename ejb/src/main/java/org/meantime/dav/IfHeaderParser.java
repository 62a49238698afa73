package org.meantime.dav;

import java.util.ArrayList;
import java.util.List;
import org.meantime.dav.IfHeader.Condition;
import org.meantime.dav.IfHeader.ConditionList;
import org.meantime.dav.IfHeader.StateToken;
import org.meantime.dav.IfHeader.Tag;

/** The grammar of RFC 4918 §10.4.2, white space allowed between any two of its parts. */
final class IfHeaderParser {
  private final String text;
  private int at;

  IfHeaderParser(String text) {
    this.text = text;
  }

  /** {@code If = "If" ":" ( 1*No-tag-list | 1*Tagged-list )}. */
  List<ConditionList> lists() {
    List<ConditionList> lists = new ArrayList<>();
    boolean tagged = next() == '<';
    do {
      String resource = tagged ? resourceTag() : "";
      do {
        lists.add(new ConditionList(resource, list()));
      } while (next() == '(');
    } while (tagged && next() == '<');
    if (at < text.length()) {
      throw malformed();
    }
    return lists;
  }

  private String resourceTag() {
    String reference = angled();
    if (!reference.startsWith("/") && !hasScheme(reference)) {
      throw malformed();
    }
    return reference;
  }

  /** No more than that: what else a URL may be is for the one who looks for its resource. */
  private static boolean hasScheme(String reference) {
    int colon = reference.indexOf(':');
    return colon > 0 && LockToken.isAbsoluteUri(reference.substring(0, colon) + ":x");
  }

  private List<Condition> list() {
    expect('(');
    List<Condition> conditions = new ArrayList<>();
    do {
      conditions.add(condition());
    } while (next() != ')');
    expect(')');
    return conditions;
  }

  private Condition condition() {
    next();
    boolean negated = text.regionMatches(true, at, "Not", 0, 3);
    at += negated ? 3 : 0;
    if (next() == '<') {
      String uri = angled();
      if (!LockToken.isAbsoluteUri(uri)) {
        throw malformed();
      }
      return new StateToken(uri, negated);
    }
    return new Tag(entityTag(), negated);
  }

  private String angled() {
    expect('<');
    return upTo('>');
  }

  /** An entity tag may hold any bracket: its end is that of its quoted string. */
  private EntityTag entityTag() {
    expect('[');
    next();
    int from = at;
    upTo('"');
    upTo('"');
    EntityTag tag = EntityTag.parse(text.substring(from, at));
    expect(']');
    return tag;
  }

  private String upTo(char end) {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw malformed();
    }
    String before = text.substring(at, found);
    at = found + 1;
    return before;
  }

  private void expect(char c) {
    if (next() != c) {
      throw malformed();
    }
    at++;
  }

  /** The next character that is not white space, not consumed; NUL at the end. */
  private char next() {
    while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static DavException malformed() {
    return DavException.badRequest("the If header does not follow RFC 4918");
  }
}
