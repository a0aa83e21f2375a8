package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Priority;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protocol, section 3: nearest declared priority, plus one for each level of inheritance below. */
class PrioritiesTest {
  private static class Plain extends Driver {
    Plain(String identifier, Device device) {
      super(identifier, device);
    }
  }

  private static class PlainChild extends Plain {
    PlainChild(String identifier, Device device) {
      super(identifier, device);
    }
  }

  private static class PlainGrandchild extends PlainChild {
    PlainGrandchild(String identifier, Device device) {
      super(identifier, device);
    }
  }

  @Priority(10)
  private static class Ten extends Driver {
    Ten(String identifier, Device device) {
      super(identifier, device);
    }
  }

  private static class TenChild extends Ten {
    TenChild(String identifier, Device device) {
      super(identifier, device);
    }
  }

  private static class TenGrandchild extends TenChild {
    TenGrandchild(String identifier, Device device) {
      super(identifier, device);
    }
  }

  @Priority(3)
  private static class ChildThatDeclaresLess extends Ten {
    ChildThatDeclaresLess(String identifier, Device device) {
      super(identifier, device);
    }
  }

  private static class ChildOfLess extends ChildThatDeclaresLess {
    ChildOfLess(String identifier, Device device) {
      super(identifier, device);
    }
  }

  @Priority(-5)
  private static class Negative extends Driver {
    Negative(String identifier, Device device) {
      super(identifier, device);
    }
  }

  private static class NegativeChild extends Negative {
    NegativeChild(String identifier, Device device) {
      super(identifier, device);
    }
  }

  @Test
  void withoutADeclarationADriverHasZeroAndEachLevelBelowOneMore() {
    assertEquals(0, Priorities.of(Plain.class));
    assertEquals(1, Priorities.of(PlainChild.class));
    assertEquals(2, Priorities.of(PlainGrandchild.class));
  }

  @Test
  void aDeclarationCountsAsItIsAndEachLevelBelowOneMore() {
    assertEquals(10, Priorities.of(Ten.class));
    assertEquals(11, Priorities.of(TenChild.class));
    assertEquals(12, Priorities.of(TenGrandchild.class));
    assertEquals(-5, Priorities.of(Negative.class));
    assertEquals(-4, Priorities.of(NegativeChild.class));
  }

  @Test
  void theNearestDeclarationCounts() {
    assertEquals(3, Priorities.of(ChildThatDeclaresLess.class));
    assertEquals(4, Priorities.of(ChildOfLess.class));
  }

  @Test
  void driversAreAskedByPriorityThenByName() {
    List<DriverType> drivers =
        List.of(
            type(Plain.class),
            type(Ten.class),
            type(Negative.class),
            type(TenChild.class),
            type(PlainChild.class),
            type(ChildThatDeclaresLess.class));
    Handlers handlers =
        new Handlers(1, List.of(new HandlerSet("all", drivers, List.of())), List.of());

    assertEquals(
        List.of(
            TenChild.class,
            Ten.class,
            ChildThatDeclaresLess.class,
            PlainChild.class,
            Plain.class,
            Negative.class),
        handlers.drivers("serial").stream().map(DriverType::type).toList());
  }

  private static DriverType type(Class<? extends Driver> type) {
    return new DriverType(type, "serial", Priorities.of(type), "X.java");
  }
}
