/**
 * Everything that the author of a handler needs: the words of Odoo's "Connect with a device"
 * how-to, in Java.
 *
 * <p>A handler is an {@link iotbox.handler.Interface}, which says which devices are there, or a
 * {@link iotbox.handler.Driver}, which speaks with one of them. Odoo modules carry handlers as Java
 * sources in {@code iot_handlers/interfaces} and {@code iot_handlers/drivers}; the box fetches,
 * compiles and runs them.
 *
 * <p>This package is small on purpose and stays compatible: modules in the field are compiled
 * against it at run time. {@link iotbox.handler.DriverHost} and {@link iotbox.handler.Actions} are
 * for the box and not for authors.
 */
package iotbox.handler;
