package org.meantime.dav.property;

import java.net.FileNameMap;
import java.net.URLConnection;
import java.util.Optional;
import org.meantime.dav.store.DocumentResource;

/** The media type of a document: the one it was put with, else the one its name suggests. */
public final class MediaTypes {
  private static final FileNameMap BY_NAME = URLConnection.getFileNameMap();

  private MediaTypes() {}

  /** The media type to serve the document with. */
  public static String of(DocumentResource document) {
    return document
        .contentType()
        .or(() -> Optional.ofNullable(BY_NAME.getContentTypeFor(document.path().name())))
        .orElse("application/octet-stream");
  }
}
