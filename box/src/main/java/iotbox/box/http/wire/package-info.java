/**
 * The wire of Odoo's pages, in the envelope of {@link iotbox.box.http.wire.JsonRpc}: actions,
 * events, the routes of the point of sale, and what Odoo signs; and the stream of the same events
 * for any page.
 */
package iotbox.box.http.wire;
