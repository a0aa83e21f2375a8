package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void janinoTakesTheExampleToTheEnd() {
    CompiledGroup group = Rehearsal.run(Programs.VISIBLE);

    assertEquals(Map.of(), group.errors());
    assertEquals(Set.of("RehearsalDriver"), group.classes().keySet());
  }
}
