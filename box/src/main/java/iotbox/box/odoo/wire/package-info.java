/**
 * Odoo's server as a box speaks with it over HTTP: {@link iotbox.box.odoo.wire.OdooServer} makes
 * the calls, {@link iotbox.box.odoo.wire.ServerLine} knows in what the lines of Odoo differ, and
 * {@link iotbox.box.odoo.wire.OdooException} says what went wrong in words for people. It decides
 * nothing.
 */
package iotbox.box.odoo.wire;
