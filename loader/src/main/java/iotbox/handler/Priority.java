package iotbox.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The how-to's {@code priority}: drivers with a higher one are asked first whether they support a
 * device. Without it a driver has 0.
 *
 * <p>A class counts as the nearest priority declared on itself or an ancestor, plus one for each
 * level of inheritance below that declaration. So a child is asked before its parent unless
 * priorities say otherwise.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Priority {
  /** Any integer; higher is asked earlier. */
  int value();
}
