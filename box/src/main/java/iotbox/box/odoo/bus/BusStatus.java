package iotbox.box.odoo.bus;

import java.time.Instant;

/**
 * How it stands with the bus; {@code odoo.bus} in {@code /api/status}. Carries no secrets.
 *
 * @param since when it connected, or {@code null} while it is not
 * @param waiting confirmations that were not sent yet
 * @param dropped confirmations that never will be: too many waited, or Odoo did not want them
 */
public record BusStatus(boolean connected, Instant since, int waiting, long dropped) {}
