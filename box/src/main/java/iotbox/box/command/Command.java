package iotbox.box.command;

import iotbox.box.option.CommandHelp;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One thing that the program does and ends. Called once, on the main thread; may block. */
public interface Command extends CommandHelp {
  /** The exit code where everything is as it should be. */
  int FINE = 0;

  /** The exit code of a command that has done its work and found something wrong. */
  int FAULTY = 1;

  /**
   * Does it.
   *
   * @param arguments those after the name
   * @param out gets lines for the person at the console
   * @return the exit code, {@link #FINE} or {@link #FAULTY}
   * @throws CommandException if it cannot be done; nothing is half done then
   */
  int run(List<String> arguments, Map<String, String> environment, Consumer<String> out)
      throws CommandException;
}
