/** What reloads of the handlers changed: {@link iotbox.box.reload.Reloads} remembers it. */
package iotbox.box.reload;
