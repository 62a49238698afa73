package org.meantime.dav.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meantime.dav.Progress;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;

/**
 * Keeps resources. An implementation is a CDI bean, shared by all threads.
 *
 * <p>The methods ask before they act: whoever calls a changing method does so inside {@link
 * #transaction}, has looked there at what it is about to change, and holds the rules of RFC 4918. A
 * store need not choose statuses; what only it can know it throws as a {@link
 * org.meantime.dav.DavException}: 403 for what it will not do, 507 when it is full. Anything else
 * thrown becomes a 500.
 *
 * <p>A store may also implement {@link TreeCopy}, {@link TreeMove}, {@link TreeDelete}, {@link
 * TreeCount}, {@link TreeReach}, {@link LanguageKeeping}, {@link DateKeeping} and {@link
 * QuotaReporting}.
 */
public interface Store {
  /** The resource at that path. Inside a transaction, as the transaction left it. */
  Optional<Resource> find(ResourcePath path);

  /**
   * That path as the store spells it: a name that is not there becomes the one there that is
   * canonically equivalent to it (Unicode: the same in NFC and in NFD), if there is one. To look
   * costs nothing where all names are ASCII.
   */
  default ResourcePath spelling(ResourcePath path) {
    return path;
  }

  /**
   * Runs {@code step} so that no other transaction of this store comes between, and so that its
   * changes are all made and durable when this returns, or none is when the step throws. A
   * transaction begun inside another joins it. A step is short: it never waits for a client. A
   * store may have it run by another thread, as one of several that become durable together.
   */
  <T> T transaction(Supplier<T> step);

  /**
   * Receives content out of sight, outside any transaction, reading {@code body} to its end. When
   * this returns the content is safe, and visible to nobody until it is {@linkplain #put put}.
   *
   * @throws IOException if the body ends early or cannot be read; nothing is left behind
   */
  Upload receive(InputStream body, Progress progress) throws IOException;

  /**
   * Creates a document with the received content, or replaces the content of the one there, which
   * keeps its creation date, creator and dead properties, and was modified now. The parent is a
   * collection.
   */
  void put(ResourcePath path, Upload upload, DocumentInfo info);

  /** Creates an empty collection where nothing is; the parent is a collection. */
  void createCollection(ResourcePath path, String creator);

  /** Applies the updates to the dead properties of an existing resource, in order. */
  void update(ResourcePath path, List<PropertyUpdate> updates);

  /** Deletes a document or an empty collection. */
  void delete(ResourcePath path);
}
