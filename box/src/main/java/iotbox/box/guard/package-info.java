/**
 * Calls into handlers: {@link iotbox.box.guard.DriverGuard} makes them, each on a thread of its own
 * and within its time, and what goes wrong stays here. {@link iotbox.box.guard.OverdueCalls} knows
 * the threads that are lost, {@link iotbox.box.guard.HandlerFaults} what each handler did wrong
 * last, and {@link iotbox.box.guard.Trouble} is what people get to see of faults in a row.
 */
package iotbox.box.guard;
