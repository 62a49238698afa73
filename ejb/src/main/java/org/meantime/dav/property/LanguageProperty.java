package org.meantime.dav.property;

import java.util.Optional;
import javax.xml.namespace.QName;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.xml.DavXml;

/**
 * {@code DAV:getcontentlanguage}, which SHOULD NOT be protected, so that clients can reset the
 * language (RFC 4918 §15.3).
 */
public final class LanguageProperty {
  private static final QName NAME = new QName(DavXml.NAMESPACE, "getcontentlanguage");

  private LanguageProperty() {}

  /** Whether a client gives or takes languages by that. */
  public static boolean isUpdatedBy(PropertyUpdate update) {
    return update.name().equals(NAME);
  }

  /**
   * What such an update makes of the languages, none if it removes them. Empty where the value is
   * no list of languages.
   */
  public static Optional<String> given(PropertyUpdate update) {
    return update instanceof PropertyUpdate.Set set
        ? DavXml.text(set.property().xml())
            .map(String::strip)
            .filter(text -> text.equals(MediaTypes.keptLanguages(text)))
        : Optional.of("");
  }
}
