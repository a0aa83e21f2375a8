/**
 * Counting in passing: what happens again and again in the box is counted where it happens, at the
 * price of an addition, whether or not anybody ever looks. {@code iotbox.box.metric} does.
 */
package iotbox.box.tally;
