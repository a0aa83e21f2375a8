package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BegunActionsTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_000L);
  private static final UUID ONE = new UUID(1, 1);
  private static final UUID TWO = new UUID(2, 2);

  @TempDir private Path folder;

  @Test
  void whatWasBegunIsKnownAfterARestart() {
    BegunActions before = new BegunActions(folder);
    before.begun(ONE, NOW);
    before.begun(TWO, NOW.plusSeconds(1));
    before.notBegun(ONE);

    assertEquals(Map.of(TWO, NOW.plusSeconds(1)), new BegunActions(folder).recall());
  }

  @Test
  void theFileIsBounded() throws IOException {
    BegunActions actions = new BegunActions(folder);
    Map<UUID, Instant> live = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      UUID action = new UUID(i, i);
      actions.begun(action, NOW);
      if (actions.isCrowded(1)) {
        live = Map.of(action, NOW);
        actions.keepOnly(live);
      }
    }
    assertFalse(live.isEmpty());
    assertTrue(Files.size(folder.resolve("actions")) < 80_000);
    actions.keepOnly(Map.of());
    assertFalse(Files.exists(folder.resolve("actions")));
  }

  @Test
  void damageAndAFullDiskCostNoMoreThanTheyMust() throws IOException {
    BegunActions actions = new BegunActions(folder);
    actions.begun(ONE, NOW);
    Files.writeString(folder.resolve("actions"), "garbage", StandardOpenOption.APPEND);
    assertEquals(Map.of(ONE, NOW), new BegunActions(folder).recall());

    Path nowhere = folder.resolve("nowhere");
    BegunActions refused = new BegunActions(nowhere);
    refused.begun(ONE, NOW);
    assertEquals(Map.of(), refused.recall());
  }
}
