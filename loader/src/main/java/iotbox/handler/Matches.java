package iotbox.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Several matches; Java makes it of a repeated {@link Match}. Written out, it can also say that the
 * driver recognises no other devices: {@code @Matches(value = {@Match(vendor = 0x05e0)}, only =
 * true)}, or {@code @Matches(value = {}, only = true)} for one that recognises none by itself.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Matches {
  /** All of them; it is enough if one fits. */
  Match[] value();

  /**
   * Whether the driver is asked about devices that one of them fits, and no others. Those are given
   * to it by a person, who pins it to the device, as there is nothing by which it could recognise
   * them.
   */
  boolean only() default false;
}
