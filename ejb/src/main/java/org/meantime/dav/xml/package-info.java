/**
 * RFC 4918 §14 as JAXB classes, and {@code DavXml}: the JAXB context and the one hardened reader.
 * No class here knows what an element means.
 */
@XmlSchema(
    namespace = DavXml.NAMESPACE,
    elementFormDefault = XmlNsForm.QUALIFIED,
    xmlns = @XmlNs(prefix = "D", namespaceURI = DavXml.NAMESPACE))
package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlNs;
import jakarta.xml.bind.annotation.XmlNsForm;
import jakarta.xml.bind.annotation.XmlSchema;
