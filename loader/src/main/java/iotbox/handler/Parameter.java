package iotbox.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells people and pages what an {@link Action} takes: {@code @Parameter(name = "unit", choices =
 * {"mm", "in"}, required = true, description = "what to measure in")}. The box makes a form of it
 * on its page and lists it in its status. It checks nothing of what callers send: that is up to the
 * action, as callers may know more than the form offers.
 *
 * <p>Written above the method, once for each parameter, in the order in which the form shall ask. A
 * method that overrides an action without an {@code @Action} of its own keeps the parameters of the
 * one that it overrides.
 */
@Documented
@Repeatable(Parameters.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Parameter {
  /** Its name in the {@link ActionData}; not {@code action}, which names the action itself. */
  String name();

  /**
   * What kind of value it is: {@code text}, {@code number}, {@code integer} or {@code boolean}. A
   * form sends it as JSON's type, so that {@link ActionData#getDouble} and its like find it.
   */
  String type() default "text";

  /** The values that make sense, written as text; empty for any of the type. */
  String[] choices() default {};

  /** Whether the action makes no sense without it. */
  boolean required() default false;

  /** A few words for whoever fills in the form: what it is, in which unit. */
  String description() default "";
}
