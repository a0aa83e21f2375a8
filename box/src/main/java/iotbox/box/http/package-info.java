/**
 * What browsers and programs ask of the box. {@link iotbox.box.http.BoxServer} starts the server,
 * {@link iotbox.box.http.Routes} is the table of all addresses, and behind each address stands one
 * small class: {@link iotbox.box.http.ActionRoutes}, {@link iotbox.box.http.EventRoutes}, {@link
 * iotbox.box.http.ProxyRoutes} and {@link iotbox.box.http.ScannerRoute} speak the wire of Odoo's
 * pages in the envelope of {@link iotbox.box.http.JsonRpc}; {@link iotbox.box.http.StatusReport}
 * and {@link iotbox.box.http.OdooRoutes} serve the homepage.
 *
 * <p>Before each of them stand three checks: {@link iotbox.box.http.HostCheck} asks by which name
 * the box was called, {@link iotbox.box.http.OriginCheck} which site's page asks, and {@link
 * iotbox.box.http.OwnerCheck} whether it is the owner. Which of them a route needs, the table says
 * with a {@link iotbox.box.http.Caller}; {@link iotbox.box.access} has the policy.
 *
 * <p>Requests run on the server's few threads and do not block; what is answered later (a long
 * poll, an action) is a future and holds no thread.
 */
package iotbox.box.http;
