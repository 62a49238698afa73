/**
 * RFC 4918 §14 as JAXB classes, and the two ways through the door: {@code DavXml} reads requests
 * and writes small documents, {@code MultistatusWriter} streams a 207. Nothing here knows what an
 * element means.
 *
 * <p>XML that clients own, dead properties and lock owners, never passes through JAXB: it stands in
 * the bound objects as text, in a {@code Verbatim}, in both directions.
 */
@XmlSchema(
    namespace = DavXml.NAMESPACE,
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = @XmlNs(prefix = "D", namespaceURI = DavXml.NAMESPACE))
@XmlAccessorType(XmlAccessType.FIELD)
package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
