package org.meantime.dav;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The If header (RFC 4918 §10.4): lists of conditions, each list about one resource. An untagged
 * list is about the request target.
 */
public record IfHeader(List<ConditionList> lists) {
  /** No If header: true of everything. */
  public static final IfHeader NONE = new IfHeader(List.of());

  /**
   * One parenthesised list.
   *
   * @param resource the resource tag, an absolute URI or absolute path as written, or the empty
   *     string for an untagged list
   */
  public record ConditionList(String resource, List<Condition> conditions) {
    public ConditionList {
      conditions = List.copyOf(conditions);
    }
  }

  /** A state token or an entity tag, maybe negated. */
  public sealed interface Condition {
    boolean negated();
  }

  /** True where the resource has that lock or other state token. */
  public record StateToken(String uri, boolean negated) implements Condition {}

  /** True where the resource has that entity tag, compared strongly. */
  public record Tag(EntityTag entityTag, boolean negated) implements Condition {}

  public IfHeader {
    lists = List.copyOf(lists);
  }

  /** Parses a header value; one that does not follow the grammar is a 400. */
  public static IfHeader parse(String header) {
    return new IfHeader(new IfHeaderParser(header).lists());
  }

  /** Every state token that appears anywhere: the tokens the request submits (§10.4.1). */
  public Set<LockToken> submittedTokens() {
    Set<LockToken> tokens = new HashSet<>();
    for (ConditionList list : lists) {
      for (Condition condition : list.conditions()) {
        if (condition instanceof StateToken token) {
          tokens.add(new LockToken(token.uri()));
        }
      }
    }
    return tokens;
  }
}
