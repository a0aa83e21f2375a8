package iotbox.handler;

import java.util.Map;

/**
 * The box as one {@link Driver} sees it. For the box and for tests; a driver calls its own methods
 * instead ({@link Driver#deviceChanged()}, {@link Driver#isStopped()}).
 */
public interface DriverHost {
  /**
   * The driver published an event. Called on whatever thread the driver used; must not block.
   *
   * @param data a copy of the driver's data, made when it published
   */
  void deviceChanged(Map<String, Object> data);

  /** Whether the device is being disconnected, so that loops should end. */
  boolean isStopped();
}
