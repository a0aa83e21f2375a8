package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final Lifecycle parts = new Lifecycle();
  private final List<String> closed = new ArrayList<>();

  @Test
  void theLatestIsClosedFirst() {
    parts.started(() -> closed.add("first"));
    parts.started(() -> closed.add("second"));
    assertFalse(parts.isEnding());

    parts.close();

    assertEquals(List.of("second", "first"), closed);
    assertTrue(parts.isEnding());
  }

  @Test
  void aPartThatFailsToCloseDoesNotKeepTheOthersOpen() {
    parts.started(() -> closed.add("first"));
    parts.started(
        () -> {
          throw new IllegalStateException("never");
        });

    parts.close();

    assertEquals(List.of("first"), closed);
  }

  @Test
  void whatIsStartedDuringTheEndIsClosedAndTheStartGivesUp() {
    List<Exception> refusals = new ArrayList<>();
    parts.started(() -> closed.add("first"));
    parts.started(
        () ->
            refusals.add(
                assertThrows(
                    IllegalStateException.class,
                    () -> parts.started(() -> closed.add("too late")))));

    parts.close();

    assertEquals(List.of("too late", "first"), closed);
    assertEquals(1, refusals.size());
  }

  @Test
  void whatIsStartedAfterTheEndIsClosedToo() {
    AutoCloseable part = () -> closed.add("too late");
    Lifecycle other = new Lifecycle();
    assertSame(part, other.started(part));

    parts.close();

    assertThrows(IllegalStateException.class, () -> parts.started(part));
    assertEquals(List.of("too late"), closed);
  }
}
