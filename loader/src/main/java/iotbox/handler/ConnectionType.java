package iotbox.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The how-to's {@code connection_type}: drivers are offered the devices that interfaces of the same
 * connection type detect ({@code serial}, {@code usb}, {@code printer} … or a word of your own).
 * Subclasses inherit it.
 *
 * <p>Not to be confused with {@link Driver#deviceConnection}, the way of connection that Odoo
 * shows.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConnectionType {
  /** The word that an interface and its drivers share; not empty. */
  String value();
}
