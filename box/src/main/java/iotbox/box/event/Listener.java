package iotbox.box.event;

import java.util.Set;

/**
 * Who waits for what: the {@code listener} of a long poll, or who reads a stream of events.
 *
 * @param sessionId the listener's own
 * @param everything whether it wants the events of all devices
 * @param devices identifiers of devices, or types of devices
 * @param lastEvent {@link Event#time()} of the last event it got; 0 at first
 */
public record Listener(
    String sessionId, boolean everything, Set<String> devices, double lastEvent) {
  public Listener {
    devices = Set.copyOf(devices);
  }

  public Listener(String sessionId, Set<String> devices, double lastEvent) {
    this(sessionId, false, devices, lastEvent);
  }

  /**
   * The name under which this listener asked for the event's device, or {@code null} if it did not.
   */
  public String nameFor(Event event) {
    if (everything || devices.contains(event.deviceIdentifier())) {
      return event.deviceIdentifier();
    }
    return devices.contains(event.deviceType()) ? event.deviceType() : null;
  }

  /** The same, having got everything up to this time. */
  public Listener since(double time) {
    return new Listener(sessionId, everything, devices, time);
  }

  boolean wants(Event event) {
    return event.time() > lastEvent && nameFor(event) != null;
  }
}
