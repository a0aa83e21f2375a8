/**
 * Names for devices that look alike, by the places where they are plugged in. For interfaces of any
 * connection type.
 */
package iotbox.stock.place;
