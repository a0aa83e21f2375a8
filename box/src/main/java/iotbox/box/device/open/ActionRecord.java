package iotbox.box.device.open;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps over the end of the process, {@code kill -9} included, which actions that are to be done at
 * most once were begun. Called under the lock of {@link RecentActions}, so one call at a time; may
 * read the disk in {@link #recall}, and copy into the system's memory in the others. What fails is
 * its own to tell.
 */
public interface ActionRecord {
  /** Keeps nothing. */
  ActionRecord NONE =
      new ActionRecord() {
        @Override
        public Map<UUID, Instant> recall() {
          return Map.of();
        }

        @Override
        public void begun(UUID action, Instant when) {}

        @Override
        public void notBegun(UUID action) {}

        @Override
        public boolean isCrowded(int actions) {
          return false;
        }

        @Override
        public void keepOnly(Map<UUID, Instant> actions) {}
      };

  /** All that is kept, the oldest first. */
  Map<UUID, Instant> recall();

  /** To be kept before the action is begun. */
  void begun(UUID action, Instant when);

  /** It was not begun after all. */
  void notBegun(UUID action);

  /** Whether so much is kept that counts no more that it had better be told what does. */
  boolean isCrowded(int actions);

  /** Keeps these alone. */
  void keepOnly(Map<UUID, Instant> actions);
}
