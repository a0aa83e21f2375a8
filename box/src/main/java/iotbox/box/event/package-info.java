/**
 * What devices tell, and those who wait for it. {@link iotbox.box.event.EventHub} gives each {@link
 * iotbox.box.event.Event} to the held polls of its {@link iotbox.box.event.Listener}s and to
 * subscribers, and keeps the last seconds for those that come back; {@link
 * iotbox.box.event.Readings} keeps the latest numbers for plots. It knows neither drivers nor
 * browsers.
 *
 * <p>Events come on the threads of drivers and actions, and nothing here blocks: the hub and the
 * readings have a lock each, under which nothing is done but look-ups and nobody else is called.
 */
package iotbox.box.event;
