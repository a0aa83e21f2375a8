package iotbox.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Devices that a driver was made for, as far as an {@link Interface} can tell: {@code @Match(vendor
 * = 0x0b67, product = 0x555e)}, {@code @Match(name = "(?i)caliper")}. A driver whose match fits a
 * device is asked before all others whether it supports it; among themselves, and for the rest,
 * priorities count. It is not more than that: {@code supported} is asked all the same, and a driver
 * without a fitting match is asked later, unless it says that it recognises {@linkplain
 * Matches#only() only} such devices.
 *
 * <p>All that one match says must be true; of several, one. Subclasses inherit them, unless they
 * write their own.
 */
@Documented
@Inherited
@Repeatable(Matches.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Match {
  /** The USB vendor id, from 0 to 0xffff: the device's attribute {@code vendor_id}. */
  int vendor() default -1;

  /**
   * The USB product id, from 0 to 0xffff, of that vendor: the device's attribute {@code
   * product_id}.
   */
  int product() default -1;

  /**
   * A regular expression of Java that is found in one of the device's attributes {@code name},
   * {@code product}, {@code model} and {@code description}.
   */
  String name() default "";
}
