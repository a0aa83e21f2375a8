package iotbox.box.device.open;

import iotbox.box.event.Event;
import iotbox.box.tally.Durations;
import iotbox.box.tally.Durations.Counted;
import iotbox.handler.ActionData;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The actions that are asked of devices: sees to it that each is done at most once, and counts
 * them. Safe for all threads; what it knows is guarded where it is kept.
 */
public final class DeviceActions {
  /** In the place of a driver's class. */
  public static final String NOBODY = "none";

  private final RecentActions recent;
  private final Durations durations = new Durations();

  /**
   * @param begun the actions that were begun before a restart, and those of now
   */
  public DeviceActions(ActionRecord begun) {
    this.recent = new RecentActions(begun);
  }

  /** Has the driver carry out an action. Does not block; the future never fails. */
  public CompletableFuture<ActionResult> carryOut(
      String identifier, OpenDevice device, ActionData data) {
    long start = System.nanoTime();
    String id = data.getString("action_unique_id");
    CompletableFuture<ActionResult> answer =
        id == null ? device.action(data) : once(identifier, id, device, data);
    String driver = device.type().className();
    return answer.thenApply(
        result -> {
          durations.add(driver, result.outcome(), System.nanoTime() - start);
          return result;
        });
  }

  /** What comes of an action where there is no such device. */
  public CompletableFuture<ActionResult> ofNoDevice() {
    durations.add(NOBODY, ActionResult.Status.DISCONNECTED.word(), 0);
    return CompletableFuture.completedFuture(
        new ActionResult(ActionResult.Status.DISCONNECTED, null));
  }

  /** At most once: an action that was begun is not begun again, whatever became of it. */
  private CompletableFuture<ActionResult> once(
      String identifier, String id, OpenDevice device, ActionData data) {
    switch (recent.add(identifier, id)) {
      case SEEN -> {
        return CompletableFuture.completedFuture(
            ActionResult.refused(ActionResult.Status.DUPLICATE, null));
      }
      case TOO_MANY -> {
        return CompletableFuture.completedFuture(
            ActionResult.refused(
                ActionResult.Status.ERROR,
                "There were too many actions with an action_unique_id within ten minutes to make"
                    + " sure that this one is not done twice; try again later"));
      }
      default -> {
        return device
            .action(data)
            .thenApply(
                answer -> {
                  if (!answer.begun()) {
                    recent.remove(identifier, id);
                  }
                  return answer;
                });
      }
    }
  }

  /**
   * A printer tells long after the action that nothing came of its job, and clients send the same
   * action once more. One of which something may have been printed is remembered like those that
   * were done: it must not come out twice by itself.
   */
  public void forgetUndone(Event event) {
    if (Boolean.TRUE.equals(event.data().get("may_repeat"))
        && event.data().get("action_unique_id") instanceof String id) {
      recent.remove(event.deviceIdentifier(), id);
    }
  }

  /**
   * How long they took from their arrival to their answer, by the driver's class ({@value #NOBODY}
   * where there is no such device) and {@link ActionResult#outcome()}.
   */
  public List<Counted> durations() {
    return durations.now();
  }
}
