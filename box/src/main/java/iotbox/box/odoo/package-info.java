/**
 * The box as a client of Odoo (protocol section 1). {@link iotbox.box.odoo.OdooLink} keeps Odoo
 * informed of the box and its devices, {@link iotbox.box.odoo.HandlerSync} fetches the handlers;
 * each has one thread of its own, on which everything else here runs, so there is hardly a lock.
 * {@link iotbox.box.odoo.wire.OdooServer} is one server as they speak with it, {@link
 * iotbox.box.odoo.wire.OdooClient} what all servers share. What is kept over a restart is in {@link
 * iotbox.box.odoo.pairing.CredentialStore} and {@link iotbox.box.odoo.HandlerCache}. Those who
 * speak with Odoo by other ways, such as its bus, hear of the server by {@link
 * iotbox.box.odoo.LinkListener}.
 */
package iotbox.box.odoo;
