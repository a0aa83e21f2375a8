/**
 * What a box that systemd started tells it (sd_notify): that it serves, how it stands, that it is
 * alive, that it ends. Nothing here is loaded when somebody else started the box.
 */
package iotbox.box.systemd;
