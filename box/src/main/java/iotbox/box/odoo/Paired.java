package iotbox.box.odoo;

/** What lasts from one pairing to the next. */
record Paired(Pairing pairing, OdooServer server, BoxSetup setup) {}
