package iotbox.loader;

import iotbox.handler.Action;
import iotbox.handler.Deadlines;
import java.util.List;

/**
 * The bounds of the deadlines that handlers give themselves: nobody is cut off before it began, and
 * nobody has the others wait for good.
 */
final class DeadlineRules {
  private static final int MOST_SUPPORTED = 60;
  private static final int MOST_CONSTRUCTOR = 120;
  private static final int MOST_GET_DEVICES = 600;
  private static final int MOST_ACTION = 3600;
  private static final int MOST_DISCONNECT = 30;

  private DeadlineRules() {}

  /** Adds a sentence for each value of the class's own or inherited annotation that is no good. */
  static void check(Class<?> handler, List<String> faults) {
    Deadlines deadlines = handler.getAnnotation(Deadlines.class);
    if (deadlines != null) {
      check("supported", deadlines.supported(), MOST_SUPPORTED, faults);
      check("constructor", deadlines.constructor(), MOST_CONSTRUCTOR, faults);
      check("getDevices", deadlines.getDevices(), MOST_GET_DEVICES, faults);
      check("action", deadlines.action(), MOST_ACTION, faults);
      check("disconnect", deadlines.disconnect(), MOST_DISCONNECT, faults);
    }
  }

  /** Adds a sentence if the deadline of a single action is no good. */
  static void check(Action action, List<String> faults) {
    if (action.deadline() < 0 || action.deadline() > MOST_ACTION) {
      faults.add(
          "Write a number of seconds from 1 to "
              + MOST_ACTION
              + " in @Action(value = \""
              + action.value()
              + "\", deadline = …), not "
              + action.deadline());
    }
  }

  private static void check(String name, int seconds, int most, List<String> faults) {
    if (seconds < 1 || seconds > most) {
      faults.add(
          "Write a number of seconds from 1 to "
              + most
              + " in @Deadlines("
              + name
              + " = …), not "
              + seconds);
    }
  }
}
