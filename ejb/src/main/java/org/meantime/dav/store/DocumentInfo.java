package org.meantime.dav.store;

/**
 * What is said of content when it is put.
 *
 * @param contentType the media type, or the empty string if none was given
 * @param contentLanguage the languages, or the empty string if none were given
 * @param creator the user on whose behalf it is put
 */
public record DocumentInfo(String contentType, String contentLanguage, String creator) {}
