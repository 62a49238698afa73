package org.meantime.dav.xml;

import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.List;
import javax.xml.namespace.QName;
import org.meantime.dav.Precondition;

/** {@code DAV:error} (RFC 4918 §14.5): a precondition code and the resources it names. */
@XmlRootElement(name = "error")
public final class ErrorElement {
  @XmlAnyElement(lax = true)
  private Object condition;

  private ErrorElement() {}

  public ErrorElement(Precondition precondition, List<String> hrefs) {
    QName name = new QName(DavXml.NAMESPACE, precondition.code());
    condition = new JAXBElement<>(name, Hrefs.class, new Hrefs(hrefs));
  }
}
