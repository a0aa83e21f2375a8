package iotbox.box;

import iotbox.box.device.open.ActionRecord;
import iotbox.box.store.BestEffort;
import iotbox.box.store.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of begun actions in {@code actions} of the data folder. If the disk takes nothing,
 * that is logged once, and an action may be done again after a restart.
 */
final class BegunActions implements ActionRecord {
  private static final Logger LOG = LoggerFactory.getLogger(BegunActions.class);
  private static final String NOT = "not";
  private static final int RECORD_BYTES = 60;
  private static final int LEFTOVER = 64 << 10;

  private final Journal journal;
  private final BestEffort disk = new BestEffort(LOG, "Which actions were begun cannot be stored");

  BegunActions(Path dataFolder) {
    this.journal = new Journal(dataFolder.resolve("actions"));
  }

  @Override
  public Map<UUID, Instant> recall() {
    Map<UUID, Instant> found = new LinkedHashMap<>();
    try {
      for (String record : journal.read()) {
        String[] words = record.split(" ");
        UUID action = UUID.fromString(words[0]);
        if (words[1].equals(NOT)) {
          found.remove(action);
        } else {
          found.put(action, Instant.ofEpochMilli(Long.parseLong(words[1])));
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Which actions were begun before the restart cannot be read: {}", e.toString());
    }
    return found;
  }

  @Override
  public void begun(UUID action, Instant when) {
    disk.attempt(() -> journal.append(action + " " + when.toEpochMilli()));
  }

  @Override
  public void notBegun(UUID action) {
    disk.attempt(() -> journal.append(action + " " + NOT));
  }

  @Override
  public boolean isCrowded(int actions) {
    return journal.size() > 2L * RECORD_BYTES * actions + LEFTOVER;
  }

  @Override
  public void keepOnly(Map<UUID, Instant> actions) {
    List<String> records = new ArrayList<>();
    actions.forEach((action, when) -> records.add(action + " " + when.toEpochMilli()));
    disk.attempt(
        () -> {
          if (records.isEmpty()) {
            journal.clear();
          } else {
            journal.replace(records);
          }
        });
  }
}
