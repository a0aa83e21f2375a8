package iotbox.box.http.part;

import java.time.Instant;

/**
 * Odoo's bus as people see it; {@code odoo.bus} in {@code /api/status}.
 *
 * @param since when the box was connected, or {@code null} while it is not
 * @param waiting what Odoo is still to be told of finished actions and of events
 * @param dropped what Odoo will never be told of them
 */
public record BusView(boolean connected, Instant since, int waiting, long dropped) {}
