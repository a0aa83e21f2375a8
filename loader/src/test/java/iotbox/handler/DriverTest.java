package iotbox.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriverTest {
  private static final class Host implements DriverHost {
    final List<Map<String, Object>> events = new ArrayList<>();
    boolean stopped;

    @Override
    public void deviceChanged(Map<String, Object> data) {
      events.add(data);
    }

    @Override
    public boolean isStopped() {
      return stopped;
    }
  }

  /** A driver with actions of all kinds. */
  public static class Scale extends Driver {
    /** As a driver has it. */
    public Scale(String identifier, Device device) {
      super(identifier, device);
    }

    /** With data. */
    @Action("add")
    public Object add(ActionData data) {
      return data.getInt("a") + data.getInt("b");
    }

    /** Without. */
    @Action("ping")
    public void ping() {
      data().put("value", "pong");
    }

    /** Without a name. */
    @Action("")
    public Object print(ActionData data) {
      return "printed " + data.getString("document");
    }

    /** Fails. */
    @Action("fail")
    public void fail() throws IOException {
      throw new IOException("cable cut");
    }

    /** Fails badly. */
    @Action("error")
    public void error() {
      throw new StackOverflowError();
    }
  }

  /** Overrides an action and does not say so again. */
  public static class Child extends Scale {
    /** As a driver has it. */
    public Child(String identifier, Device device) {
      super(identifier, device);
    }

    @Override
    public Object add(ActionData data) {
      return "child";
    }
  }

  private final Scale scale = new Scale("s1", Device.of(Map.of("path", "/dev/x")));

  private static ActionData action(String name, Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("action", name);
    return ActionData.of(all, "tab");
  }

  @Test
  void anActionIsFoundByItsName() throws Exception {
    assertEquals(3, scale.action(action("add", Map.of("a", 1, "b", "2"))));
    assertNull(scale.action(action("ping", Map.of())));
    assertEquals("pong", scale.snapshot().get("value"));
    assertEquals("printed x", scale.action(ActionData.of(Map.of("document", "x"), null)));
    assertEquals(Set.of("", "add", "error", "fail", "ping"), scale.actions());
  }

  @Test
  void anOverriddenActionStaysOne() throws Exception {
    Child child = new Child("c", Device.of(Map.of()));

    assertEquals("child", child.action(action("add", Map.of())));
    assertEquals(scale.actions(), child.actions());
  }

  @Test
  void whatAnActionThrowsComesOutAsItIs() {
    assertEquals(
        "cable cut",
        assertThrows(IOException.class, () -> scale.action(action("fail", Map.of()))).getMessage());
    assertThrows(StackOverflowError.class, () -> scale.action(action("error", Map.of())));
  }

  @Test
  void anUnknownActionNamesTheKnownOnes() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> scale.action(action("fly", Map.of())))
            .getMessage();

    assertEquals("\"fly\" is not an action of Scale; it has [, add, error, fail, ping]", message);
  }

  @Test
  void valueAndResultAreThereFromTheStart() {
    assertEquals(Map.of("value", "", "result", ""), scale.snapshot());
  }

  @Test
  void anEventIsACopy() {
    Host host = new Host();
    scale.attach(host);
    List<Object> list = new ArrayList<>(List.of(1));
    scale.data().put("value", list);
    scale.deviceChanged();
    list.add(2);
    scale.data().put("result", 5);

    assertEquals(List.of(Map.of("value", List.of(1), "result", "")), host.events);
  }

  @Test
  void eventsFromBeforeTheBoxListensAreDeliveredFirst() {
    scale.data().put("value", 1);
    scale.deviceChanged();
    Host host = new Host();
    scale.attach(host);
    scale.data().put("value", 2);
    scale.deviceChanged();

    assertEquals(List.of(1, 2), host.events.stream().map(event -> event.get("value")).toList());
  }

  @Test
  void onlyOneHostListens() {
    scale.attach(new Host());

    assertThrows(IllegalStateException.class, () -> scale.attach(new Host()));
  }

  @Test
  void theHostSaysWhenToStop() {
    Host host = new Host();
    assertFalse(scale.isStopped());
    scale.attach(host);
    assertFalse(scale.isStopped());
    host.stopped = true;

    assertTrue(scale.isStopped());
  }

  @Test
  void theConstructorOfOdoo13TakesTheIdentifierFromTheDevice() {
    Driver old = new Driver(Device.of(Map.of("identifier", "usb_1"))) {};

    assertEquals("usb_1", old.identifier());
  }

  @Test
  void attributesAreReadByTypeAndSayWhatIsWrong() {
    Object port = new Object();
    Device device = Device.of(Map.of("baud", 9600, "text", " 7 ", "half", 0.5, "x", "abc"), port);

    assertEquals(9600, device.getInt("baud"));
    assertEquals(7, device.getInt("text"));
    assertEquals("0.5", device.getString("half"));
    assertNull(device.getString("absent"));
    assertEquals(port, device.nativeObject());
    assertEquals(
        "The device has no \"absent\", which must be a number",
        assertThrows(IllegalArgumentException.class, () -> device.getInt("absent")).getMessage());
    assertEquals(
        "The device has \"half\" = 0.5, which must be a whole number",
        assertThrows(IllegalArgumentException.class, () -> device.getInt("half")).getMessage());
    assertEquals(
        "The device has \"x\" = abc, which must be a number",
        assertThrows(IllegalArgumentException.class, () -> device.getInt("x")).getMessage());
    assertThrows(UnsupportedOperationException.class, () -> device.attributes().put("more", 1));
  }

  @Test
  void actionDataHasItsActionAndSession() {
    ActionData data = action("add", Map.of("w", 1.5));

    assertEquals("add", data.action());
    assertEquals("tab", data.sessionId());
    assertEquals(1.5, data.getDouble("w"));
    assertEquals("", ActionData.of(Map.of(), null).action());
    assertInstanceOf(Map.class, data.asMap());
  }

  @Test
  void anInterfaceLooksEveryThreeSecondsUnlessItSaysOtherwise() throws Exception {
    Interface ports =
        new Interface() {
          @Override
          public Map<String, Device> getDevices() {
            return Map.of();
          }
        };

    assertEquals(3, ports.loopDelay().toSeconds());
    ports.close();
    assertTrue(ports.log().getName().contains("DriverTest"));
  }
}
