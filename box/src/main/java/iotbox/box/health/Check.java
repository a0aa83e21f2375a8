package iotbox.box.health;

import java.util.Optional;

/**
 * One thing that must be well.
 *
 * @param restartHelps whether a box that is started again would not have this trouble
 */
public record Check(boolean restartHelps, Look look) {
  /** Looks whether it is. Called on a thread that may wait, but what waits for long is trouble. */
  @FunctionalInterface
  public interface Look {
    /** What is wrong, as a sentence without its full stop that speaks of the box; empty if not. */
    Optional<String> trouble();
  }
}
