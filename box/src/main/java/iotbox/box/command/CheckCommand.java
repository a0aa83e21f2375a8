package iotbox.box.command;

import iotbox.box.command.Finding.Severity;
import iotbox.loader.ArchiveLimits;
import iotbox.loader.HandlerCheck;
import iotbox.loader.VisibleClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Compiles and validates the handlers of Odoo modules and runs nothing: for authors and CI. */
public final class CheckCommand implements Command {
  private static final String JANINO = "janino";
  private static final String FORMAT = "format";

  private final Supplier<VisibleClasses> visible;

  /**
   * @param visible what handlers may use; asked when something is checked, as a box that starts has
   *     no time for it
   */
  public CheckCommand(Supplier<VisibleClasses> visible) {
    this.visible = visible;
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String synopsis() {
    return "<module folder>... [--janino] [--format text|github|json]";
  }

  @Override
  public String description() {
    return "Compiles and validates the handlers of Odoo modules as a box would, and runs nothing of"
        + " them. Says of each file by which compiler, and which places keep it from Janino, which"
        + " is the quicker one. Exit code 0: all are fine; 1: some are refused (with --janino also"
        + " if one needs the Eclipse compiler); 2: there is no such module.";
  }

  @Override
  public int run(List<String> arguments, Map<String, String> environment, Consumer<String> out)
      throws CommandException {
    CommandArguments line =
        CommandArguments.of(
            this, arguments, CommandArguments.flag(JANINO), CommandArguments.value(FORMAT));
    if (line.explained(out)) {
      return FINE;
    }
    if (line.words().isEmpty()) {
      throw line.refused("Which module is to be checked?");
    }
    String wanted = line.get(FORMAT).orElse(CheckFormat.TEXT.word());
    CheckFormat format =
        CheckFormat.named(wanted)
            .orElseThrow(() -> line.refused("There is no format \"" + wanted + "\"."));
    HandlerCheck check = new HandlerCheck(visible.get(), ArchiveLimits.DEFAULT);
    List<CheckedModule> modules = new ArrayList<>();
    for (String folder : line.words()) {
      modules.add(CheckedModule.of(line.path(folder), check, line.has(JANINO)));
    }
    format.write(modules, out);
    boolean fine =
        modules.stream()
            .flatMap(module -> module.findings().stream())
            .noneMatch(finding -> finding.severity() == Severity.ERROR);
    return fine ? FINE : FAULTY;
  }
}
