package iotbox.box.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that a played device does. Immutable. */
sealed interface Step {
  /**
   * Sends the next of these.
   *
   * @param choices are taken in turn; empty is silence
   */
  record Answer(List<Optional<Template>> choices) implements Step {
    public Answer {
      choices = List.copyOf(choices);
    }
  }

  /** Does nothing for so long. */
  record Wait(Duration pause) implements Step {}

  /**
   * Gives a variable values, which are taken in turn.
   *
   * @param values may be made of other variables, as those are then
   */
  record Assign(String variable, List<Template> values) implements Step {
    public Assign {
      values = List.copyOf(values);
    }

    /** Gives it this value. */
    static Assign of(String variable, String value) {
      return new Assign(variable, List.of(new Template(List.of(new Template.Literal(value)))));
    }
  }
}
