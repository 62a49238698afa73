package org.meantime.dav.store;

import org.meantime.dav.ResourcePath;

/**
 * A store that changes the languages of a document without its content. Without it they are what
 * came with the content, and clients are told that they cannot be set.
 */
public interface LanguageKeeping {
  /**
   * Gives the languages to an existing document, or takes them from it where the text is empty. It
   * has them as {@link DocumentResource#contentLanguage} until the next {@linkplain Store#put put}.
   * They move and are copied with it. Called inside a transaction of the store.
   */
  void giveLanguages(ResourcePath path, String contentLanguage);
}
