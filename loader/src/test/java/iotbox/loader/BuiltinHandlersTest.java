package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Interface;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltinHandlersTest {
  /** A base that others extend. */
  @ConnectionType("serial")
  public abstract static class Base extends Driver {
    Base(String identifier, Device device) {
      super(identifier, device);
    }
  }

  /** A valid driver. */
  public static class Good extends Base {
    /** As it must be. */
    public Good(String identifier, Device device) {
      super(identifier, device);
    }

    /** As it must be. */
    public static boolean supported(Device device) {
      return true;
    }
  }

  /** A driver without {@code supported}. */
  public static class Wrong extends Base {
    /** As it must be. */
    public Wrong(String identifier, Device device) {
      super(identifier, device);
    }
  }

  /** An interface that needs something of the box. */
  @ConnectionType("serial")
  public static class Ports extends Interface {
    private final String path;

    Ports(String path) {
      this.path = path;
    }

    @Override
    public Map<String, Device> getDevices() {
      return Map.of(path, Device.of(Map.of()));
    }
  }

  @Test
  void builtInHandlersAreListedAndRun() throws Exception {
    BuiltinHandlers builtins =
        BuiltinHandlers.builder()
            .driver(Base.class)
            .driver(Good.class)
            .anInterface(Ports.class, () -> new Ports("/dev/x"))
            .build();

    Handlers handlers = builtins.handlers();

    assertEquals(0, handlers.generation());
    assertEquals(
        List.of(Good.class), handlers.drivers("serial").stream().map(DriverType::type).toList());
    assertEquals(1, handlers.drivers("serial").get(0).priority());
    assertEquals(
        List.of("/dev/x"),
        List.copyOf(handlers.interfaces().get(0).factory().call().getDevices().keySet()));
    HandlerStatus base = handlers.status().get(0);
    assertEquals(HandlerStatus.Kind.LIBRARY, base.kind());
    assertEquals(HandlerStatus.Compiler.BUILTIN, base.compiler());
    assertEquals("iotbox/loader/BuiltinHandlersTest$Base.java", base.file());
    assertEquals(HandlerStatus.Kind.INTERFACE, handlers.status().get(2).kind());
  }

  @Test
  void aWrongOneIsAFaultOfTheBox() {
    BuiltinHandlers.Builder builder = BuiltinHandlers.builder();

    String message =
        assertThrows(IllegalStateException.class, () -> builder.driver(Wrong.class)).getMessage();

    assertTrue(message.contains("public static boolean supported(Device device)"), message);
  }

  @Test
  void theyStayFirstOverReloads() {
    BuiltinHandlers builtins = BuiltinHandlers.builder().driver(Good.class).build();
    HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
    HandlerLoader loader = new HandlerLoader(registry, builtins, Programs.VISIBLE, Platform.LINUX);

    loader.reload("odoo", TestArchive.handlers().driver("A").archive());

    assertSame(builtins.handlers().sets().get(0), registry.current().sets().get(0));
    assertEquals(2, registry.current().sets().size());
    assertEquals(HandlerStatus.Compiler.BUILTIN, registry.current().status().get(0).compiler());
  }
}
