package iotbox.box.odoo;

import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooServer;

/** What lasts from one pairing to the next. */
record Paired(Pairing pairing, OdooServer server, BoxSetup setup) {}
