package org.meantime.dav.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.meantime.dav.EntityTag;

/** A resource that has content. */
public non-sealed interface DocumentResource extends Resource {
  /** The length of the content in bytes. */
  long length();

  /** A tag that changes whenever the content does. */
  EntityTag entityTag();

  /** The media type the content was put with. */
  Optional<String> contentType();

  /** The languages the content was put with. */
  Optional<String> contentLanguage();

  /**
   * Opens {@code count} bytes of the content from an offset on. What is read is the content this
   * object describes, whatever happens to the document meanwhile, and it ends only after all of
   * these bytes were read: a store that finds its content damaged throws, before it gives out the
   * last of them. The caller closes it. Where it is a {@link java.nio.channels.ReadableByteChannel}
   * too, some containers can send it with fewer copies.
   */
  InputStream open(long first, long count) throws IOException;
}
