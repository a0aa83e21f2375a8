/**
 * Small files of the data folder that survive a power cut and that only the box's user may read.
 */
package iotbox.box.store;
