package org.meantime.dav.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What short bodies mean: a client sends the same few again and again, and to parse one took a
 * fifth of a PROPFIND of one resource. Any thread.
 *
 * @param <T> immutable
 */
final class KnownBodies<T> {
  private static final int MOST_BYTES = 2 * 1024;
  private static final int MOST = 200;

  private final Map<ByteBuffer, T> known = new ConcurrentHashMap<>();

  /** What the body means, which {@code parse} finds out where it is not known. */
  T read(InputStream in, Function<InputStream, T> parse) {
    byte[] body;
    try {
      body = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InputStream head = new ByteArrayInputStream(body);
    if (body.length > MOST_BYTES) {
      return parse.apply(new SequenceInputStream(head, in));
    }
    ByteBuffer key = ByteBuffer.wrap(body);
    T meaning = known.get(key);
    if (meaning == null) {
      meaning = parse.apply(head);
      if (known.size() >= MOST) {
        known.clear(); // those in use are back at once
      }
      known.put(key, meaning);
    }
    return meaning;
  }
}
