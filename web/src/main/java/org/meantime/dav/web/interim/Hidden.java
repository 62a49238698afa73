package org.meantime.dav.web.interim;

import java.lang.reflect.Field;

/** What an engine keeps to itself. */
final class Hidden {
  private Hidden() {}

  /** The field of that class, to be read and set; throws where the engine has none of that name. */
  static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
