package iotbox.box.odoo.bus;

import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Takes every device, is of the type that the device says, and remembers what it was asked. */
@ConnectionType("bus")
public final class BusDriver extends Driver {
  private final Asked asked;

  /** What all drivers of a test were asked. */
  static final class Asked {
    final List<String> actions = new CopyOnWriteArrayList<>();
    volatile CountDownLatch gate = new CountDownLatch(0);
  }

  public static boolean supported(Device device) {
    return true;
  }

  public BusDriver(String identifier, Device device) {
    super(identifier, device);
    asked = (Asked) device.nativeObject();
    deviceType(device.getString("type"));
    deviceConnection("serial");
    deviceName("Bus " + identifier);
  }

  @Override
  public Object action(ActionData data) throws Exception {
    asked.actions.add(identifier() + " " + data.action() + " " + data.get("value"));
    asked.gate.await();
    return super.action(data);
  }

  @Action("set")
  public Object set(ActionData data) {
    data().put("value", data.get("value"));
    return data.get("value");
  }

  @Action("tell")
  public Object tell(ActionData data) {
    data().put("value", "told");
    deviceChanged();
    return null;
  }

  /** As a printer: what came of it is told later, or at once. */
  @Action("")
  public Object print(ActionData data) {
    return data.get("document");
  }

  /** As a printer: tells how a job of this session ended. */
  @Action("end")
  public Object end(ActionData data) {
    synchronized (data()) {
      data().put("owner", data.get("of"));
      data().put("status", data.get("as"));
      data().put("message", data.get("message"));
      deviceChanged();
    }
    return null;
  }

  @Action("break")
  public Object breakDown(ActionData data) {
    throw new IllegalStateException("out of paper");
  }
}
