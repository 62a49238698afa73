package org.meantime.dav.property;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.namespace.QName;
import org.meantime.dav.Dates;
import org.meantime.dav.Property;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.xml.DavXml;

/**
 * The properties by which clients give dates: a table from name to what is given. A store that
 * keeps no dates has those of other names than RFC 4918's as dead ones.
 */
public final class DateProperties {
  /** What ownCloud's clients, rclone and FolderSync set. */
  static final QName LASTMODIFIED = new QName(DavXml.NAMESPACE, "lastmodified");

  /** What Windows sets, which has two more that are dead. */
  static final QName WIN32_CREATED = win32("Win32CreationTime");

  static final QName WIN32_MODIFIED = win32("Win32LastModifiedTime");

  private static final Map<QName, Function<Instant, GivenDates>> TABLE =
      Map.of(
          new QName(DavXml.NAMESPACE, "creationdate"),
          GivenDates::ofCreated,
          new QName(DavXml.NAMESPACE, "getlastmodified"),
          GivenDates::ofModified,
          LASTMODIFIED,
          GivenDates::ofModified,
          WIN32_CREATED,
          GivenDates::ofCreated,
          WIN32_MODIFIED,
          GivenDates::ofModified);

  private DateProperties() {}

  /** Whether a client gives a date by setting that property. */
  public static boolean contains(QName name) {
    return TABLE.containsKey(name);
  }

  /** The date that the value of such a property says, if it says one. */
  public static Optional<GivenDates> given(Property property) {
    return DavXml.text(property.xml()).flatMap(Dates::parse).map(TABLE.get(property.name()));
  }

  private static QName win32(String local) {
    return new QName("urn:schemas-microsoft-com:", local);
  }
}
