/**
 * {@code iotbox dev}: a box for whoever writes handlers, with devices that are played and a view of
 * what happens on the terminal. Nothing here is loaded by a box that is at work.
 */
package iotbox.box.dev;
