package iotbox.box.odoo.wire;

import iotbox.box.odoo.pairing.Pairing;

/**
 * A server that has accepted the box.
 *
 * @param channel the bus's channel for this box, as {@code /iot/setup} answered; {@code null} from
 *     servers without a bus
 * @param line of the server as it last told
 */
public record OdooConnection(Pairing pairing, OdooServer server, String channel, ServerLine line) {}
