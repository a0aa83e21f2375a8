/**
 * What people and scanners type into this machine: Linux' event files ({@code /dev/input/event*}),
 * which of them are keyboards, and how they are read. What the keys mean is not known here.
 *
 * <p>Sources: {@code input_event}, {@code EVIOCGRAB} and the codes of {@code linux/input.h} and
 * {@code linux/input-event-codes.h}; {@code Documentation/input} and {@code Documentation/ABI} of
 * the kernel for what the folders of {@code /sys/class/input} hold.
 */
package iotbox.stock.input;
