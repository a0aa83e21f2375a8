package iotbox.box.http.part;

import java.time.Instant;

/**
 * How browsers reach the box over HTTPS; {@code https} in {@code /api/status}.
 *
 * @param port where it is served, or {@code null} while it is not
 * @param certificate one of {@code own odoo self-signed}, or {@code null}
 * @param domain under which the certificate is good, or {@code null} for none of its own
 * @param validUntil when the certificate ends, or {@code null}
 * @param detail what is wrong and what to do, or {@code null}
 */
public record HttpsView(
    Integer port, String certificate, String domain, Instant validUntil, String detail) {}
