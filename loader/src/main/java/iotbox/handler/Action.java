package iotbox.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method of a {@link Driver} that carries out the action of this name: what a browser
 * sends as {@code action}. The method is public, takes an {@link ActionData} or nothing, and may
 * return a result and throw anything.
 *
 * <p>{@link Parameter} tells people and pages what it takes.
 *
 * <p>{@code @Action("")} is the action without a name, as Odoo sends it to printers.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Action {
  /** The action's name on the wire. */
  String value();

  /**
   * How many seconds it may take, from 1 to 3600, before the box interrupts it and tells the caller
   * so; 0 for what the class allows its actions ({@link Deadlines#action()}).
   */
  int deadline() default 0;
}
