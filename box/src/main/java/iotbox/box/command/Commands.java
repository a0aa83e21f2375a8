package iotbox.box.command;

import java.util.List;
import java.util.Optional;

/** The commands there are, in the order of {@code --help}. */
public final class Commands {
  private static final List<Command> ALL = List.of(new SignCommand());

  private Commands() {}

  /** The commands, for the help. */
  public static List<Command> all() {
    return ALL;
  }

  /** The command that these arguments begin with; empty if a box is to run. */
  public static Optional<Command> in(List<String> arguments) {
    return ALL.stream()
        .filter(command -> !arguments.isEmpty() && command.name().equals(arguments.get(0)))
        .findFirst();
  }
}
