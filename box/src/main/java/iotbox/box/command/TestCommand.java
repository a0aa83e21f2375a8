package iotbox.box.command;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stands for the tests of modules, which need what the box has not, JUnit among it: {@code box/run}
 * starts the test kit instead, and this class tells of it.
 */
public final class TestCommand implements Command {
  @Override
  public String name() {
    return "test";
  }

  @Override
  public String synopsis() {
    return "<module folder> [--log]";
  }

  @Override
  public String description() {
    return "Compiles the handlers of an Odoo module and their tests (tests/java), and runs the"
        + " tests, by the test kit and without hardware. Exit code 0: all passed; 1: some failed or"
        + " do not compile; 2: there are none to run.";
  }

  @Override
  public int run(List<String> arguments, Map<String, String> environment, Consumer<String> out)
      throws CommandException {
    throw new CommandException(
        "Tests are run by the test kit, which is no part of the box's jar: ./box/run test <module"
            + " folder>, or in the module's folder: java -jar iotbox-testkit.jar.");
  }
}
