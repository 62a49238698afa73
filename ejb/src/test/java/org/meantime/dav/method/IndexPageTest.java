package org.meantime.dav.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.EntityTag;
import org.meantime.dav.Prefer;
import org.meantime.dav.Property;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.Client;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.GetRequest;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.PlainCollection;
import org.meantime.dav.store.Resource;

/** Of large collections; IndexIT has how a page looks. */
class IndexPageTest {
  private static final int MOST_SORTED = 10_000;
  private static final int MANY = 100_000;
  private static final Pattern MEMBER = Pattern.compile(">(\\d+)</a>");

  /** So many documents, which come the last first. */
  private record Folder(ResourcePath path, int count, AtomicInteger fetched)
      implements PlainCollection {
    @Override
    public Stream<Resource> members() {
      return IntStream.iterate(count, i -> i > 0, i -> i - 1)
          .peek(i -> fetched.incrementAndGet())
          .mapToObj(i -> new File(path.member(String.valueOf(i))));
    }
  }

  private record File(ResourcePath path) implements DocumentResource {
    @Override
    public Instant created() {
      return Instant.EPOCH;
    }

    @Override
    public Instant modified() {
      return Instant.EPOCH;
    }

    @Override
    public Optional<String> creator() {
      return Optional.empty();
    }

    @Override
    public List<Property> deadProperties() {
      return List.of();
    }

    @Override
    public long length() {
      return 1;
    }

    @Override
    public EntityTag entityTag() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> contentType() {
      return Optional.empty();
    }

    @Override
    public Optional<String> contentLanguage() {
      return Optional.empty();
    }

    @Override
    public InputStream open(long first, long count) {
      throw new UnsupportedOperationException();
    }
  }

  private static IndexPage page(int count, AtomicInteger fetched) {
    ResourcePath path = ResourcePath.parse("/c");
    RequestHead head =
        new RequestHead(
            path,
            true,
            "/dav",
            new Caller("ann", false),
            new Client("", false, Prefer.NOTHING),
            Conditions.NONE);
    return new IndexPage(
        new Folder(path, count, fetched),
        new GetRequest(head, true, Optional.empty(), Optional.empty(), "sort=name"));
  }

  private static String text(int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    page(count, new AtomicInteger()).write(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLargeOne_isSentAsItComes_andSaysSo() throws IOException {
    String text = text(MANY);
    List<String> names = MEMBER.matcher(text).results().map(it -> it.group(1)).toList();
    assertEquals(MANY, names.size());
    for (int i = 0; i < MANY; i++) {
      assertEquals(String.valueOf(MANY - i), names.get(i));
    }
    assertTrue(text.contains("<p>Over 10,000 members, unsorted.</p>"), text.substring(0, 3000));
    assertTrue(!text.contains("<form") && !text.contains("aria-sort"), text.substring(0, 3000));
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST_SORTED, MOST_SORTED + 1})
  void theMostThatIsSorted_isAll(int count) throws IOException {
    String text = text(count);
    boolean sorted = count == MOST_SORTED;
    assertEquals(sorted, text.contains("<form>"));
    assertEquals(!sorted, text.contains("unsorted"));
    List<String> names = MEMBER.matcher(text).results().map(it -> it.group(1)).toList();
    assertEquals(count, names.size());
    assertEquals(sorted ? "1" : String.valueOf(count), names.get(0));
  }

  @Test
  void nothingMoreIsFetched_thanIsSortedOrSent() {
    AtomicInteger fetched = new AtomicInteger();
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("the client is gone");
          }
        };
    assertThrows(IOException.class, () -> page(MANY, fetched).write(gone));
    assertTrue(fetched.get() <= MOST_SORTED + 2, fetched::toString);
  }
}
