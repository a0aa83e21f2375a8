/**
 * The parts of the box that are served over HTTP, as {@link iotbox.box.http.part.BoxParts} for the
 * routes. Where the server's side needs something of a part of the box that it must not know (Odoo,
 * options, the log), it says so here in an interface, and what is shown of it is a record.
 */
package iotbox.box.http.part;
