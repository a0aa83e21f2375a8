package iotbox.box.command;

import iotbox.box.command.skeleton.Skeleton;
import iotbox.box.command.skeleton.SkeletonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the beginning of an Odoo module, of a driver, of an interface. */
public final class NewCommand implements Command {
  private static final String CONNECTION = "connection";
  private static final String MODULE = "module";
  private static final String TYPE = "device-type";

  @Override
  public String name() {
    return "new";
  }

  @Override
  public String synopsis() {
    return "module <folder> | driver <name> --connection <type> [--device-type <type>] [--module"
        + " <folder>] | interface <name> --connection <type> [--module <folder>]";
  }

  @Override
  public String description() {
    return "Writes the beginning of an Odoo module, or into a module (this folder, or --module) that"
        + " of a driver or an interface: it compiles, has a test, and is there to be changed. The"
        + " connection type is serial, network, or a word that the interface and its drivers share;"
        + " the device type is one of Odoo's (device, scale, scanner, display …). What exists is"
        + " never overwritten.";
  }

  @Override
  public int run(List<String> arguments, Map<String, String> environment, Consumer<String> out)
      throws CommandException {
    CommandArguments line =
        CommandArguments.of(
            this,
            arguments,
            CommandArguments.value(CONNECTION),
            CommandArguments.value(MODULE),
            CommandArguments.value(TYPE));
    if (line.explained(out)) {
      return FINE;
    }
    if (line.words().size() != 2) {
      throw line.refused("What is to be made, and how is it called?");
    }
    String what = line.words().get(0);
    String name = line.words().get(1);
    Path module = line.path(what.equals(MODULE) ? name : line.get(MODULE).orElse(""));
    try {
      Skeleton skeleton =
          switch (what) {
            case MODULE -> module(line, module);
            case "driver" ->
                Skeleton.driver(module, name, connection(line), line.get(TYPE).orElse("device"));
            case "interface" -> anInterface(line, module, name);
            default -> throw line.refused("There is nothing called \"" + what + "\" to be made.");
          };
      for (Path file : skeleton.write()) {
        out.accept("Wrote " + file);
      }
      if (what.equals(MODULE)) {
        Files.createDirectories(module.resolve("iot_handlers/drivers"));
      }
      next(what, module, out);
    } catch (SkeletonException e) {
      throw new CommandException(e.getMessage());
    } catch (IOException e) {
      throw new CommandException(module + " cannot be written: " + e + ".");
    }
    return FINE;
  }

  private static Skeleton module(CommandArguments line, Path folder)
      throws CommandException, SkeletonException {
    if (line.has(CONNECTION) || line.has(MODULE) || line.has(TYPE)) {
      throw line.refused("A module is made of its folder's name alone.");
    }
    return Skeleton.module(folder);
  }

  private static Skeleton anInterface(CommandArguments line, Path module, String name)
      throws CommandException, SkeletonException {
    if (line.has(TYPE)) {
      throw line.refused("An interface has no device type; its drivers have.");
    }
    return Skeleton.anInterface(module, name, connection(line));
  }

  private static String connection(CommandArguments line) throws CommandException {
    return line.get(CONNECTION)
        .orElseThrow(
            () ->
                line.refused(
                    "How is the device connected? Say it with --connection: serial, network, or a"
                        + " word of your own."));
  }

  private static void next(String what, Path module, Consumer<String> out) {
    String folder = module.toString().isEmpty() ? "." : module.toString();
    if (what.equals(MODULE)) {
      out.accept("Next: ./box/run new driver <name> --connection serial --module " + folder);
    } else {
      out.accept(
          "Next: ./box/run check %1$s, ./box/run test %1$s, ./box/run dev %1$s".formatted(folder));
    }
  }
}
