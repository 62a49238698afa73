package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/** {@code DAV:propfind} (RFC 4918 §14.20), with as many of each element as a client may send. */
@XmlRootElement(name = "propfind")
public final class Propfind {
  private List<Prop> prop = new ArrayList<>();
  private List<Empty> allprop = new ArrayList<>();
  private List<Empty> propname = new ArrayList<>();
  private List<Prop> include = new ArrayList<>();

  private Propfind() {}

  /** How many of {@code prop}, {@code allprop} and {@code propname} it has one or more of. */
  public int kinds() {
    return (int) Stream.of(prop, allprop, propname).filter(them -> !them.isEmpty()).count();
  }

  public boolean allprop() {
    return !allprop.isEmpty();
  }

  public boolean propname() {
    return !propname.isEmpty();
  }

  /** The names in {@code prop}, in document order. */
  public List<QName> prop() {
    return names(prop);
  }

  /** The names in {@code include}, in document order. */
  public List<QName> include() {
    return names(include);
  }

  private static List<QName> names(List<Prop> props) {
    return props.stream().flatMap(each -> each.names().stream()).toList();
  }
}
