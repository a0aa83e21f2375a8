package iotbox.box.guard;

import iotbox.handler.Actions;
import iotbox.handler.Deadlines;
import iotbox.handler.Driver;
import java.time.Duration;
import java.util.Map;

/**
 * How long calls into one handler may take: what its author wrote, else the usual. The loader has
 * seen to it that they are within bounds.
 */
public final class CallTimes {
  /** Carries the usual times: those of an annotation in which nothing is written. */
  @Deadlines
  private static final class Usual {}

  private final Deadlines deadlines;
  private final Map<String, Integer> actions;

  private CallTimes(Deadlines deadlines, Map<String, Integer> actions) {
    this.deadlines = deadlines;
    this.actions = actions;
  }

  /** Of this driver or interface; looks at its annotations and runs nothing of it. */
  static CallTimes of(Class<?> handler) {
    Deadlines own = handler.getAnnotation(Deadlines.class);
    return new CallTimes(
        own == null ? Usual.class.getAnnotation(Deadlines.class) : own,
        Driver.class.isAssignableFrom(handler) ? Actions.deadlines(handler) : Map.of());
  }

  /** Of {@code supported}. */
  public Duration supported() {
    return Duration.ofSeconds(deadlines.supported());
  }

  /** Of the constructor. */
  public Duration constructor() {
    return Duration.ofSeconds(deadlines.constructor());
  }

  /** Of {@code getDevices}. */
  public Duration getDevices() {
    return Duration.ofSeconds(deadlines.getDevices());
  }

  /** Of the action of this name. */
  public Duration action(String name) {
    return Duration.ofSeconds(actions.getOrDefault(name, deadlines.action()));
  }

  /** Of {@code disconnect} and {@code close}. */
  public Duration disconnect() {
    return Duration.ofSeconds(deadlines.disconnect());
  }
}
