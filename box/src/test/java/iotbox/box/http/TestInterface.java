package iotbox.box.http;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import java.time.Duration;
import java.util.Map;

/** Lists the devices of a test. */
@ConnectionType("test")
public class TestInterface extends Interface {
  private final Map<String, Device> devices;

  TestInterface(Map<String, Device> devices) {
    this.devices = devices;
  }

  @Override
  public Map<String, Device> getDevices() {
    return Map.copyOf(devices);
  }

  @Override
  public Duration loopDelay() {
    return Duration.ofMillis(50);
  }
}
