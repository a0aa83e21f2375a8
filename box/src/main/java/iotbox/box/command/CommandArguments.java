package iotbox.box.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** What stands after a command's name, read in one way for all of them. Immutable. */
final class CommandArguments {
  private static final String HELP = "help";

  private final Command command;
  private final CommandLine line;

  private CommandArguments(Command command, CommandLine line) {
    this.command = command;
    this.line = line;
  }

  /**
   * Reads them.
   *
   * @param options those of this command, besides {@code --help}
   * @throws CommandException if there is an option that it does not have
   */
  static CommandArguments of(Command command, List<String> arguments, Option... options)
      throws CommandException {
    Options known = new Options().addOption(Option.builder().longOpt(HELP).get());
    for (Option option : options) {
      known.addOption(option);
    }
    try {
      return new CommandArguments(
          command,
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .setStripLeadingAndTrailingQuotes(false)
              .get()
              .parse(known, arguments.toArray(new String[0])));
    } catch (ParseException e) {
      throw refused(command, e.getMessage() + ".");
    }
  }

  static Option flag(String name) {
    return Option.builder().longOpt(name).get();
  }

  static Option value(String name) {
    return Option.builder().longOpt(name).hasArg().get();
  }

  /** Whether only help was asked for; it is given then. */
  boolean explained(Consumer<String> out) {
    boolean asked = line.hasOption(HELP);
    if (asked) {
      out.accept(usage(command));
      out.accept(command.description());
    }
    return asked;
  }

  boolean has(String option) {
    return line.hasOption(option);
  }

  Optional<String> get(String option) {
    return Optional.ofNullable(line.getOptionValue(option));
  }

  /** What is no option, in order. */
  List<String> words() {
    return line.getArgList();
  }

  Path path(String text) throws CommandException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw refused("\"" + text + "\" cannot be a path.");
    }
  }

  /** The command is used wrongly: the sentence says how, and the usage follows. */
  CommandException refused(String sentence) {
    return refused(command, sentence);
  }

  private static CommandException refused(Command command, String sentence) {
    return new CommandException(sentence + " " + usage(command));
  }

  private static String usage(Command command) {
    return "Usage: iotbox " + command.name() + " " + command.synopsis();
  }
}
