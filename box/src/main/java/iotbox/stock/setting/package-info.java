/**
 * What a person decided about a device by hand (its kind, its layout of keys), kept over restarts.
 */
package iotbox.stock.setting;
