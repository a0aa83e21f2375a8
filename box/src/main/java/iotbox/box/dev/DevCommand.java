package iotbox.box.dev;

import iotbox.box.option.CommandHelp;
import iotbox.box.option.StartupException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line says after {@code dev}: a module, and options of the box. What is not said
 * is what suits whoever writes handlers: this machine only, nobody outside is asked for anything,
 * and a data folder apart from that of a box at work.
 */
public final class DevCommand implements CommandHelp {
  private static final String LOOPBACK = "127.0.0.1";

  private final Path dataFolders;

  /**
   * @param dataFolders where the boxes for modules have their data, each in a folder of its own
   */
  public DevCommand(Path dataFolders) {
    this.dataFolders = dataFolders;
  }

  /**
   * A box for whoever writes a module's handlers.
   *
   * @param arguments for the box
   */
  public record Start(Path module, List<String> arguments) {
    public Start {
      arguments = List.copyOf(arguments);
    }

    /** The same for those who want an array. */
    public String[] boxArguments() {
      return arguments.toArray(new String[0]);
    }
  }

  @Override
  public String name() {
    return "dev";
  }

  @Override
  public String synopsis() {
    return "<module folder> [options]";
  }

  @Override
  public String description() {
    return "Runs a box for writing handlers: loads those of this module at each save, says at once"
        + " what came of it, plays the devices of tests/devices (*.line at a serial port,"
        + " *.tcp.line at a TCP port), and shows events and actions. It serves this machine only,"
        + " asks nobody outside, and has a data folder of its own, unless options say otherwise.";
  }

  /**
   * Reads the whole command line.
   *
   * @return empty if it does not begin with this command, or only help is asked for
   * @throws StartupException if there is no such module
   */
  public Optional<Start> start(List<String> arguments, Map<String, String> environment)
      throws StartupException {
    boolean meant = !arguments.isEmpty() && arguments.get(0).equals(name());
    if (!meant || arguments.contains("--help")) {
      return Optional.empty();
    }
    if (arguments.size() < 2 || arguments.get(1).startsWith("-")) {
      throw refused("Which module is to be worked on?");
    }
    Path module = module(arguments.get(1));
    List<String> given = arguments.subList(2, arguments.size());
    List<String> all = new ArrayList<>(given);
    all.addAll(List.of("--handlers", module.toString()));
    addUnlessGiven("--bind", LOOPBACK, all, given, environment);
    addUnlessGiven("--data", dataFolder(module).toString(), all, given, environment);
    for (String outside :
        List.of("--https-port", "--pairing-proxy", "--certificate-service", "--input-devices")) {
      addUnlessGiven(outside, "none", all, given, environment);
    }
    return Optional.of(new Start(module, all));
  }

  private Path module(String folder) throws StartupException {
    try {
      Path module = Path.of(folder);
      boolean isModule =
          Files.isDirectory(module.resolve("iot_handlers"))
              || Files.isRegularFile(module.resolve("__manifest__.py"));
      if (!isModule) {
        throw refused(
            folder
                + " is not the folder of an Odoo module with handlers, as it has no iot_handlers;"
                + " \"new module\" makes one.");
      }
      return module;
    } catch (InvalidPathException e) {
      throw refused("\"" + folder + "\" cannot be a path.");
    }
  }

  private Path dataFolder(Path module) {
    return dataFolders.resolve(module.toAbsolutePath().normalize().getFileName().toString());
  }

  private static void addUnlessGiven(
      String option,
      String value,
      List<String> all,
      List<String> given,
      Map<String, String> environment) {
    if (!isGiven(option, given, environment)) {
      all.addAll(List.of(option, value));
    }
  }

  private static boolean isGiven(
      String option, List<String> given, Map<String, String> environment) {
    String variable = "IOTBOX_" + option.substring(2).toUpperCase(Locale.ROOT);
    return given.stream().anyMatch(word -> (word + "=").startsWith(option + "="))
        || !environment.getOrDefault(variable.replace('-', '_'), "").isBlank();
  }

  private StartupException refused(String sentence) {
    return new StartupException(sentence + " Usage: iotbox " + name() + " " + synopsis());
  }
}
