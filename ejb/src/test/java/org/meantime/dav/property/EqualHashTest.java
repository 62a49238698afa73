package org.meantime.dav.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.meantime.dav.IfHeader;
import org.meantime.dav.LockToken;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.lock.LockView;
import org.meantime.dav.request.PropfindRequest.Named;
import org.meantime.dav.store.PlainCollection;
import org.meantime.dav.store.Resource;

/** Names that a client chose to have one hash cost no more than others. */
class EqualHashTest {
  /** Not a measure: a table that is searched from end to end takes hours. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** 65,536 names of one hash. */
  private static final List<String> NAMES = names(16);

  private static List<String> names(int pairs) {
    List<String> names = List.of("");
    for (int i = 0; i < pairs; i++) {
      List<String> longer = new ArrayList<>();
      for (String name : names) {
        longer.add(name + "Aa");
        longer.add(name + "BB");
      }
      names = longer;
    }
    return names;
  }

  private record Collection(List<Property> deadProperties) implements PlainCollection {
    @Override
    public Stream<Resource> members() {
      return Stream.empty();
    }
  }

  private static Property property(String name) {
    return new Property(new QName("urn:x", name), "<" + name + " xmlns='urn:x'/>");
  }

  @Test
  void propertiesOfEqualHash_areFoundEach() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          List<PropertyUpdate> updates =
              NAMES.stream()
                  .<PropertyUpdate>map(name -> new PropertyUpdate.Set(property(name)))
                  .toList();
          List<Property> set = PropertyUpdate.apply(List.of(), updates);
          assertEquals(NAMES.size(), set.size());
          Resource resource = new Collection(set);
          PropertyContext context =
              new PropertyContext(
                  resource, LockView.NONE, path -> Optional.empty(), (path, slash) -> "/");
          Named named = new Named(set.stream().map(Property::name).toList());
          int size = new PropertyCollector(named, context).collect(resource).size();
          assertEquals(1 + set.stream().mapToInt(it -> it.xml().length()).sum(), size);
        });
  }

  @Test
  void tokensOfEqualHash_areSubmittedEach() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          StringBuilder header = new StringBuilder("(");
          NAMES.forEach(name -> header.append("<urn:").append(name).append('>'));
          Set<LockToken> tokens = IfHeader.parse(header + ")").submittedTokens();
          assertEquals(NAMES.size(), tokens.size());
        });
  }

  @Test
  void pathsOfEqualHash_areInOrder() {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          Set<ResourcePath> paths = new HashSet<>();
          NAMES.forEach(name -> paths.add(ResourcePath.ROOT.member(name)));
          assertEquals(NAMES.size(), new TreeSet<>(paths).size());
        });
  }
}
