/**
 * What {@code --demo} shows: simulated instruments at real ports of this machine.
 *
 * <p>They speak the line protocol of the sample module's bench handlers and know nothing of the
 * box; the handlers reach them as they would reach real ones.
 */
package iotbox.box.demo;
