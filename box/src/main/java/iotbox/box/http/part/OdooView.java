package iotbox.box.http.part;

import java.time.Instant;

/**
 * The connection with Odoo as people see it; {@code odoo} in {@code /api/status}.
 *
 * @param url the server's, without secrets, or {@code null}
 * @param state one of {@code unpaired connecting connected refused unreachable}
 * @param detail what is wrong and what to do, or {@code null}
 * @param lastSync when the server last took the list of devices, or {@code null}
 * @param pairingCode to be typed into Odoo while the box is unpaired, or {@code null}
 * @param insecure whether any certificate is taken for the server's
 */
public record OdooView(
    String url,
    String state,
    String detail,
    Instant lastSync,
    String pairingCode,
    boolean insecure) {}
