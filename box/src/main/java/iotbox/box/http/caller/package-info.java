/**
 * Who calls, and may he: {@link iotbox.box.http.caller.HostCheck} asks by which name the box was
 * called, {@link iotbox.box.http.caller.OriginCheck} which site's page asks, and {@link
 * iotbox.box.http.caller.OwnerCheck} whether it is the owner. Which of them a route needs, the
 * table says with a {@link iotbox.box.http.caller.Caller}; {@link iotbox.box.access} has the
 * policy.
 */
package iotbox.box.http.caller;
