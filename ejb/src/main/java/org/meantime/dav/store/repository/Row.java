package org.meantime.dav.store.repository;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Optional;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.GivenDates;

/**
 * A row of the table {@code resource}.
 *
 * @param content the id of its content, zero for a collection
 * @param created in milliseconds since 1970, as is {@code modified}
 * @param given which of these two a client gave: {@link #CREATED}, {@link #MODIFIED}, or their sum
 * @param properties the dead properties as {@link PropertyText}
 */
record Row(
    long id,
    long parent,
    String name,
    long content,
    long length,
    String entityTag,
    String contentType,
    String contentLanguage,
    String creator,
    long created,
    long modified,
    int given,
    String properties) {

  private static final int CREATED = 1;
  private static final int MODIFIED = 2;

  static final String COLUMNS =
      "id, parent, name, content, length, entity_tag, content_type, content_language,"
          + " creator, created, modified, given, properties, nfc";

  /**
   * What is read of them: most of the texts of most rows are empty, and to hand a text to Java
   * costs more than to find the row, but to hand over nothing costs next to nothing.
   */
  static final String READ =
      "id, parent, name, content, length, NULLIF(entity_tag, ''), NULLIF(content_type, ''),"
          + " NULLIF(content_language, ''), NULLIF(creator, ''), created, modified, given,"
          + " NULLIF(properties, '')";

  static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getLong(1),
        row.getLong(2),
        text(row, 3),
        row.getLong(4),
        row.getLong(5),
        text(row, 6),
        text(row, 7),
        text(row, 8),
        text(row, 9),
        row.getLong(10),
        row.getLong(11),
        row.getInt(12),
        text(row, 13));
  }

  /** As bytes, which SQLite's driver hands over at a third of the price of a string. */
  private static String text(ResultSet row, int column) throws SQLException {
    byte[] text = row.getBytes(column);
    return text == null ? "" : new String(text, StandardCharsets.UTF_8);
  }

  static Row collection(long id, String creator, long now) {
    return new Row(id, 0, "", 0, 0, "", "", "", creator, now, now, 0, "");
  }

  Object[] arguments() {
    return new Object[] {
      id,
      parent == 0 ? null : parent,
      name,
      content == 0 ? null : content,
      length,
      entityTag,
      contentType,
      contentLanguage,
      creator,
      created,
      modified,
      given,
      properties,
      nfc(name)
    };
  }

  /** What the column {@code nfc} says of a name: its form NFC, or null where it is in that. */
  static String nfc(String name) {
    return Normalizer.isNormalized(name, Normalizer.Form.NFC)
        ? null
        : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** Roughly, how many bytes of its text clients have chosen. */
  long weight() {
    return (long) properties.length() + contentType.length() + contentLanguage.length();
  }

  boolean isCollection() {
    return content == 0;
  }

  /** The same row as a member of {@code parent} of that name. */
  Row at(long parent, String name) {
    return new Row(
        id,
        parent,
        name,
        content,
        length,
        entityTag,
        contentType,
        contentLanguage,
        creator,
        created,
        modified,
        given,
        properties);
  }

  /** A new row that says the same, made by {@code creator} now; dates that were given stay. */
  Row copy(long id, String creator, long now) {
    return new Row(
        id,
        parent,
        name,
        content,
        length,
        entityTag,
        contentType,
        contentLanguage,
        creator,
        isGiven(CREATED) ? created : now,
        isGiven(MODIFIED) ? modified : now,
        given,
        properties);
  }

  /** The same resource with the content that was received. */
  Row with(long content, Received received, DocumentInfo info) {
    return new Row(
        id,
        parent,
        name,
        content,
        received.length(),
        received.entityTag(),
        info.contentType(),
        info.contentLanguage(),
        creator,
        created,
        modified,
        given,
        properties);
  }

  /** The same document with the same content in other languages. */
  Row inLanguages(String languages) {
    return with(languages, created, modified, given, properties);
  }

  Row withProperties(String properties) {
    return with(contentLanguage, created, modified, given, properties);
  }

  /** The same resource, which the server knows to have been modified then. */
  Row modifiedAt(long time) {
    return with(contentLanguage, created, time, given & ~MODIFIED, properties);
  }

  /** The same resource with the dates that a client gives. */
  Row with(GivenDates dates) {
    int more = dates.created().map(it -> CREATED).orElse(0);
    more |= dates.modified().map(it -> MODIFIED).orElse(0);
    return with(
        contentLanguage,
        dates.created().map(Instant::toEpochMilli).orElse(created),
        dates.modified().map(Instant::toEpochMilli).orElse(modified),
        given | more,
        properties);
  }

  GivenDates givenDates() {
    return given == 0
        ? GivenDates.NONE
        : new GivenDates(ifGiven(CREATED, created), ifGiven(MODIFIED, modified));
  }

  private Optional<Instant> ifGiven(int date, long time) {
    return isGiven(date) ? Optional.of(Instant.ofEpochMilli(time)) : Optional.empty();
  }

  private boolean isGiven(int date) {
    return (given & date) != 0;
  }

  private Row with(String languages, long created, long modified, int given, String properties) {
    return new Row(
        id,
        parent,
        name,
        content,
        length,
        entityTag,
        contentType,
        languages,
        creator,
        created,
        modified,
        given,
        properties);
  }
}
