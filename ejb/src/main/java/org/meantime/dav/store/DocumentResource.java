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
   * Opens the content at an offset in bytes. What is read is the content this object describes,
   * whatever happens to the document meanwhile. The caller closes it. Where it is a {@link
   * java.io.FileInputStream}, some containers can send it with fewer copies.
   */
  InputStream open(long offset) throws IOException;
}
