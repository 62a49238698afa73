package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.meantime.dav.PropertyUpdate;

/** {@code DAV:propertyupdate} (RFC 4918 §14.19). */
@XmlRootElement(name = "propertyupdate")
public final class Propertyupdate {
  @XmlElements({
    @XmlElement(name = "set", type = SetElement.class),
    @XmlElement(name = "remove", type = RemoveElement.class)
  })
  private List<Instruction> instructions = new ArrayList<>();

  private Propertyupdate() {}

  /** Whether there is anything to do in it, if only with no property. */
  public boolean instructs() {
    return !instructions.isEmpty();
  }

  /** The instructions, one per property, in document order. */
  public List<PropertyUpdate> updates() {
    return instructions.stream().flatMap(Instruction::updates).toList();
  }

  private interface Instruction {
    Stream<PropertyUpdate> updates();
  }

  /** {@code DAV:set} (RFC 4918 §14.26). */
  private static final class SetElement implements Instruction {
    private List<Prop> prop = new ArrayList<>();

    private SetElement() {}

    @Override
    public Stream<PropertyUpdate> updates() {
      return prop.stream().flatMap(p -> p.properties().stream()).map(PropertyUpdate.Set::new);
    }
  }

  /** {@code DAV:remove} (RFC 4918 §14.23). */
  private static final class RemoveElement implements Instruction {
    private List<Prop> prop = new ArrayList<>();

    private RemoveElement() {}

    @Override
    public Stream<PropertyUpdate> updates() {
      return prop.stream().flatMap(p -> p.names().stream()).map(PropertyUpdate.Remove::new);
    }
  }
}
