package iotbox.box.command;

import java.util.List;
import java.util.Optional;

/**
 * The commands there are.
 *
 * @param all in the order of {@code --help}
 */
public record Commands(List<Command> all) {
  public Commands {
    all = List.copyOf(all);
  }

  /** The command that these arguments begin with; empty if a box is to run. */
  public Optional<Command> in(List<String> arguments) {
    return all.stream()
        .filter(command -> !arguments.isEmpty() && command.name().equals(arguments.get(0)))
        .findFirst();
  }
}
