/**
 * Odoo's bus (protocol sections 1.3 and 1.4): what Odoo asks of the box without being asked. {@link
 * iotbox.box.odoo.bus.Bus} keeps a {@link iotbox.box.odoo.bus.BusConnection} open for as long as
 * Odoo accepts the box; each {@link iotbox.box.odoo.bus.BusMessage} that {@link
 * iotbox.box.odoo.bus.LastMessage} has not seen is carried out by {@link
 * iotbox.box.odoo.bus.BusCommands}, and what came of it goes back through {@link
 * iotbox.box.odoo.bus.Confirmations}.
 *
 * <p>What happens when the process ends, at any moment: a message is first noted in the {@link
 * iotbox.box.odoo.bus.ConfirmationJournal} with what Odoo is to be told if nothing more is heard of
 * it, then remembered on disk, then carried out. So it comes again and was not begun, or it does
 * not come again and Odoo hears of it.
 *
 * <p>Three threads are at work: OkHttp's reads one message after the other and starts what it asks
 * for, {@code odoo-bus} connects, {@code odoo-confirmations} sends. Nothing waits for a device.
 */
package iotbox.box.odoo.bus;
