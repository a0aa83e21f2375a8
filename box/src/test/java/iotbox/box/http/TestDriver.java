package iotbox.box.http;

import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Drives whatever the {@link TestInterface} lists, and is what the attributes say. */
@ConnectionType("test")
public class TestDriver extends Driver {

  public TestDriver(String identifier, Device device) {
    super(identifier, device);
    if (device.getString("broken") != null) {
      throw new IllegalStateException(device.getString("broken"));
    }
    deviceType(device.getString("type"));
    deviceName("Test " + identifier);
    deviceConnection(device.getString("connection"));
    deviceManufacturer("Tester");
  }

  public static boolean supported(Device device) {
    return true;
  }

  @Action("read_once")
  public Object readOnce() {
    return device().get("weight");
  }

  @Action("show")
  public void show(ActionData action) {
    data().put("value", action.get("value"));
    deviceChanged();
  }

  @Action("twice")
  public void twice() {
    data().put("value", "first");
    deviceChanged();
    data().put("value", "second");
    deviceChanged();
  }

  /** Lasts until the latch among the attributes is open. */
  @Action("wait")
  public void waitFor() throws InterruptedException {
    ((CountDownLatch) device().get("until")).await();
  }

  @Action("fail")
  public void fail() {
    throw new IllegalStateException("out of paper");
  }

  @Action("")
  public void print(ActionData action) {
    data().put("value", action.getString("document"));
  }

  /** What actions brought, where the device's attribute {@code takes} is one. */
  static final class Taken {
    final List<Map<String, Object>> actions = new CopyOnWriteArrayList<>();
  }

  @Override
  public Object action(ActionData action) throws Exception {
    if (device().get("takes") instanceof Taken taken && !action.action().equals("close")) {
      taken.actions.add(action.asMap());
      return null;
    }
    return super.action(action);
  }

  @Override
  public void run() {
    if (device().getString("dies") != null) {
      throw new IllegalStateException(device().getString("dies"));
    }
  }
}
