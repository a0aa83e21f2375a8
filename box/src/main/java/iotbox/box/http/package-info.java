/**
 * What browsers and programs ask of the box. {@link iotbox.box.http.BoxServer} starts the server,
 * {@link iotbox.box.http.Routes} is the table of all addresses, and behind each address stands one
 * small class: {@link iotbox.box.http.ActionRoutes}, {@link iotbox.box.http.EventRoutes}, {@link
 * iotbox.box.http.ProxyRoutes} and {@link iotbox.box.http.ScannerRoute} speak the wire of Odoo's
 * pages in the envelope of {@link iotbox.box.http.JsonRpc}; {@link iotbox.box.http.StatusReport}
 * and {@link iotbox.box.http.OdooRoutes} serve the homepage.
 *
 * <p>Requests run on the server's few threads and do not block; what is answered later (a long
 * poll, an action) is a future and holds no thread.
 */
package iotbox.box.http;
