package iotbox.box.http.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoundsTest {

  @Test
  void aMachineWithEnoughHoldsTenThousandPolls() {
    Bounds bounds = Bounds.of(100_000, 256L << 20);
    assertEquals(12_000, bounds.connections());
    assertTrue(bounds.held() > 10_000 && bounds.held() < bounds.connections());
    assertTrue(bounds.connectionsOfOne() < bounds.connections() / 2);
    assertEquals(64L << 20, bounds.bodyMemory());
  }

  @Test
  void fewDescriptorsAreNotUsedUpByConnections() {
    Bounds bounds = Bounds.of(1024, 256L << 20);
    assertEquals(824, bounds.connections());
    assertEquals(412, bounds.connectionsOfOne());
    assertTrue(bounds.held() < 824);
  }

  @Test
  void theLongestBodyAlwaysFits() {
    assertTrue(Bounds.of(1024, 64L << 20).bodyMemory() >= 2 * Bounds.MAX_BODY);
  }

  @Test
  void theSystemIsAsked() {
    String head = "Limit                     Soft Limit           Hard Limit           Units     ";
    String line = "Max open files            1024                 524288               files     ";
    assertEquals(1024, Descriptors.limit(List.of(head, line)));
    assertEquals(
        Integer.MAX_VALUE, Descriptors.limit(List.of(head, line.replace("1024", "unlimited"))));
    assertEquals(Integer.MAX_VALUE, Descriptors.limit(List.of(head)));
  }
}
