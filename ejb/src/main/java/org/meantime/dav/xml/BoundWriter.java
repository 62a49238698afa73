package org.meantime.dav.xml;

import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlElementRef;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the JAXB classes of this package as JAXB would, for a fraction of its time. It knows as
 * much of JAXB as they use: a field is an element of its name, in the order of the fields, a list
 * one for each that is in it, null none; what stands in a field for any element, or for one that is
 * referred to, brings its own name.
 */
final class BoundWriter {
  private static final ClassValue<Binding> BINDINGS =
      new ClassValue<>() {
        @Override
        protected Binding computeValue(Class<?> type) {
          return Binding.of(type);
        }
      };

  private final XmlOutput out;

  BoundWriter(XmlOutput out) {
    this.out = out;
  }

  /** Writes an element that brings its own name. */
  void write(Object value) {
    if (value instanceof Verbatim verbatim) {
      out.verbatim(verbatim.xml());
    } else if (value instanceof JAXBElement<?> element) {
      write(Tag.of(element.getName().getLocalPart()), element.getValue());
    } else {
      write(BINDINGS.get(value.getClass()).root(), value);
    }
  }

  private void write(Tag tag, Object value) {
    out.start(tag);
    if (value instanceof String text) {
      out.text(text);
    } else {
      for (Binding.Member member : BINDINGS.get(value.getClass()).members()) {
        write(member, member.of(value));
      }
    }
    out.end(tag);
  }

  private void write(Binding.Member member, Object value) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) { // an iterator for each list is felt here
        write(member, list.get(i));
      }
    } else if (value != null && member.named()) {
      write(member.tag(), value);
    } else if (value != null) {
      write(value);
    }
  }

  /**
   * How a class is bound.
   *
   * @param root of its elements where nobody gives them another name
   */
  private record Binding(Tag root, List<Member> members) {
    static Binding of(Class<?> type) {
      XmlRootElement root = type.getAnnotation(XmlRootElement.class);
      List<Member> members =
          Arrays.stream(type.getDeclaredFields())
              .filter(field -> !Modifier.isStatic(field.getModifiers()))
              .map(Member::of)
              .toList();
      return new Binding(Tag.of(root == null ? "" : root.name()), members);
    }

    /**
     * A field.
     *
     * @param named whether its elements have the name of the field
     */
    private record Member(Field field, Tag tag, boolean named) {
      static Member of(Field field) {
        field.setAccessible(true);
        boolean named =
            !field.isAnnotationPresent(XmlAnyElement.class)
                && !field.isAnnotationPresent(XmlElementRef.class);
        return new Member(field, Tag.of(field.getName()), named);
      }

      Object of(Object object) {
        try {
          return field.get(object);
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
