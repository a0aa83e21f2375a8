/**
 * What browsers and programs ask of the box. {@link iotbox.box.http.BoxServer} starts the server,
 * {@link iotbox.box.http.Routes} is the table of all addresses, and behind each address stands one
 * small class, in a room with its like: {@code wire} speaks with Odoo's pages, {@code page} and
 * {@code log} serve the homepage. {@code caller} decides before each of them who may call it,
 * {@code limit} how much one caller can take from the others, {@code message} has what all of them
 * need to read and answer, and {@code part} says what is served.
 *
 * <p>Requests run on the server's few threads and do not block; what is answered later (a long
 * poll, an action) is a future and holds no thread.
 */
package iotbox.box.http;
