/**
 * The program: here its parts are made, joined, started in order and closed in reverse. What a part
 * does is in a room of its own below; here is who knows whom.
 *
 * <p>Begin with {@link iotbox.box.Box}, which has {@code main} and makes everything: on the {@link
 * iotbox.box.Foundation} that all stand on it sets the sides, each of which wires its parts and
 * knows what they need of one another: {@link iotbox.box.Entrance} (how browsers come in), {@link
 * iotbox.box.DeviceSide}, {@link iotbox.box.HandlerSide} with the {@link iotbox.box.StockHandlers}
 * that ship with the box, {@link iotbox.box.OdooSide}, and {@link iotbox.box.Certificates}.
 * Whatever has to be closed is left with the {@link iotbox.box.Lifecycle}.
 *
 * <p>The other classes join two parts that must not know each other (what people decided with the
 * file that keeps it, a part with the homepage), or belong to the process as a whole: its data
 * folder, its memory, its restart. Each is used by one of the sides; nothing below this package
 * knows anything of it.
 *
 * <p>From here: {@code option} for what can be set, {@code device} and {@code event} for the way of
 * an action and of what a device tells, {@code http} for the routes, {@code odoo} for the server,
 * {@code iotbox.loader} for how handlers come to be, {@code iotbox.stock} for those of the box.
 */
package iotbox.box;
