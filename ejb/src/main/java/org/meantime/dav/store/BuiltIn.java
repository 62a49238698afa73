package org.meantime.dav.store;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the store that serves where the application brings none of its own. */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface BuiltIn {
  /** The qualifier as an object. */
  final class Literal extends AnnotationLiteral<BuiltIn> implements BuiltIn {
    static final Literal INSTANCE = new Literal();
    private static final long serialVersionUID = 1;

    private Literal() {}
  }
}
