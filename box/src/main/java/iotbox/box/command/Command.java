package iotbox.box.command;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One thing that the program does and ends. Called once, on the main thread; may block. */
public interface Command {
  /** The first argument. */
  String name();

  /** The arguments after it, for the help. */
  String synopsis();

  /** What it does, for the help. */
  String description();

  /**
   * Does it.
   *
   * @param arguments those after the name
   * @param out gets lines for the person at the console
   * @throws CommandException if it cannot be done; nothing is half done then
   */
  void run(List<String> arguments, Map<String, String> environment, Consumer<String> out)
      throws CommandException;
}
