package org.meantime.dav.web.interim;

import java.io.IOException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpBrokenContentException;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.ParsingResult;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Content in chunks, read as RFC 9112 §7.1 has it. Grizzly's own reader (grizzly-http 4.0.2, {@code
 * ChunkedTransferEncoding}) takes no digit at all for a size of 0, and skips what stands between
 * the data of a chunk and the next line feed. One for each request; what it throws becomes a 400,
 * where none was answered yet, and the connection is closed.
 */
final class GrizzlyChunks implements TransferEncoding {
  private final ChunkFraming framing = new ChunkFraming();

  /** False for content that was to come in chunks, and of which the last line was not read. */
  static boolean isWhole(HttpRequestPacket request) {
    return !request.isContentBroken()
        && !(request.getTransferEncoding() instanceof GrizzlyChunks chunks
            && !chunks.framing.ended());
  }

  @Override
  public boolean wantDecode(HttpHeader request) {
    return true;
  }

  @Override
  public boolean wantEncode(HttpHeader response) {
    return false;
  }

  /** Data goes on as it is; of the rest each call takes what came. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // as Grizzly has it
  public ParsingResult parsePacket(FilterChainContext context, HttpHeader request, Buffer bytes) {
    while (bytes.hasRemaining() && framing.data() == 0 && !framing.ended()) {
      take(bytes.get());
    }
    if (framing.ended()) {
      HttpContent end =
          request.httpContentBuilder().content(Buffers.EMPTY_BUFFER).last(true).build();
      return ParsingResult.create(end, split(bytes, 0));
    }
    if (!bytes.hasRemaining()) {
      return ParsingResult.create(null, null);
    }
    Buffer more = split(bytes, framing.data());
    bytes.shrink();
    framing.took(bytes.remaining());
    return ParsingResult.create(request.httpContentBuilder().content(bytes).build(), more);
  }

  private void take(byte b) {
    try {
      framing.take(b);
    } catch (IOException e) {
      throw new HttpBrokenContentException(e.getMessage());
    }
  }

  /** Cuts off what comes after so many bytes; null where nothing does. */
  private static Buffer split(Buffer bytes, long count) {
    return bytes.remaining() > count ? bytes.split(bytes.position() + (int) count) : null;
  }

  @Override
  public void prepareSerialize(FilterChainContext context, HttpHeader header, HttpContent content) {
    throw new UnsupportedOperationException("reads only");
  }

  @Override
  public Buffer serializePacket(FilterChainContext context, HttpContent content) {
    throw new UnsupportedOperationException("reads only");
  }
}
