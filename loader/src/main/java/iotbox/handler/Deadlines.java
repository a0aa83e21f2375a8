package iotbox.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many seconds the box waits for a call of this driver or interface before it interrupts it and
 * goes on without it. Write it where the usual times do not suit your device:
 *
 * <pre>{@code @Deadlines(supported = 2, action = 180)}</pre>
 *
 * <p>What is left out has the usual time. Subclasses inherit the annotation, or write one of their
 * own, which then counts alone. A single action can have its own time: {@link Action#deadline()}.
 * {@link Driver#run()} has none.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Deadlines {
  /** Of the static {@code supported} of a driver, for one device; 1 to 60. */
  int supported() default 5;

  /** Of a driver's constructor; 1 to 120. */
  int constructor() default 10;

  /** Of {@link Interface#getDevices()}, with the constructor the first time; 1 to 600. */
  int getDevices() default 10;

  /** Of {@link Driver#action}; 1 to 3600. */
  int action() default 30;

  /** Of {@link Driver#disconnect()} and {@link Interface#close()}; 1 to 30. */
  int disconnect() default 5;
}
