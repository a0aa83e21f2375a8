package iotbox.box.command;

import iotbox.box.command.Finding.Severity;
import iotbox.loader.ArchiveLimits;
import iotbox.loader.ArchiveReader;
import iotbox.loader.Diagnostic;
import iotbox.loader.HandlerArchive;
import iotbox.loader.HandlerCheck;
import iotbox.loader.HandlerCheck.Checked;
import iotbox.loader.HandlerFile;
import iotbox.loader.HandlerStatus;
import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was found of an Odoo module: of each file that boxes get, and of the module itself.
 *
 * @param files in the order of their paths
 * @param module what is wrong with the module as a whole
 */
record CheckedModule(List<CheckedFile> files, List<Finding> module) {
  private static final String HANDLERS = "iot_handlers";
  private static final String MANIFEST = "__manifest__.py";

  /**
   * A file, and everything to say of it.
   *
   * @param path as the person at the console can open it
   */
  record CheckedFile(String path, Checked checked, List<Finding> findings) {
    HandlerStatus status() {
      return checked.status();
    }

    boolean isRefused() {
      return status().state() == State.FAILED;
    }

    boolean isBy(Compiler compiler) {
      return status().state() == State.LOADED && status().compiler() == compiler;
    }
  }

  /**
   * Looks at a module; compiles, and runs nothing.
   *
   * @param folder the module's, or its {@code iot_handlers}
   * @param janino whether it is an error to need the Eclipse compiler
   * @throws CommandException if that cannot be read
   */
  static CheckedModule of(Path folder, HandlerCheck check, boolean janino) throws CommandException {
    if (!Files.isDirectory(folder)) {
      throw new CommandException(folder + " is not the folder of an Odoo module.");
    }
    Path handlers = folder.endsWith(HANDLERS) ? folder : folder.resolve(HANDLERS);
    try {
      HandlerArchive archive = new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(folder);
      List<CheckedFile> files = new ArrayList<>();
      for (Checked file : check.check(archive)) {
        String path = ShownPath.of(handlers.resolve(file.status().file()));
        files.add(new CheckedFile(path, file, findings(path, file, janino)));
      }
      List<Finding> module = new ArrayList<>(manifest(folder, handlers));
      module.addAll(leftOut(handlers, archive));
      return new CheckedModule(files, module);
    } catch (IOException e) {
      throw new CommandException(folder + " cannot be checked: " + e.getMessage() + ".");
    }
  }

  /** All there is to say, in the order of files and lines. */
  List<Finding> findings() {
    return Stream.concat(module.stream(), files.stream().flatMap(file -> file.findings().stream()))
        .toList();
  }

  private static List<Finding> findings(String path, Checked file, boolean janino) {
    List<Finding> findings = new ArrayList<>();
    if (file.status().state() != State.SKIPPED) {
      for (Diagnostic each : file.status().diagnostics()) {
        boolean error = each.severity() == Diagnostic.Severity.ERROR;
        findings.add(Finding.of(path, each, error ? Severity.ERROR : Severity.WARNING));
      }
    }
    for (Diagnostic each : file.obstacles()) {
      findings.add(Finding.of(path, each, janino ? Severity.ERROR : Severity.NOTE));
    }
    return findings;
  }

  private static List<Finding> manifest(Path folder, Path handlers) {
    Path module = folder.equals(handlers) ? folder.toAbsolutePath().getParent() : folder;
    Path manifest = module.resolve(MANIFEST);
    return Files.isRegularFile(manifest)
        ? List.of()
        : List.of(
            new Finding(
                ShownPath.of(manifest),
                1,
                1,
                Severity.ERROR,
                "There is no such file, and without it Odoo takes the folder for no module; write"
                    + " {\"name\": …, \"depends\": [\"iot\"]} into it"));
  }

  /** Sources that their author may believe to be handlers, and that no server sends. */
  private static List<Finding> leftOut(Path handlers, HandlerArchive archive) throws IOException {
    Set<Path> sent = new HashSet<>();
    for (HandlerFile file : archive.files()) {
      sent.add(handlers.resolve(file.path()));
    }
    try (Stream<Path> all = Files.walk(handlers)) {
      return all.filter(file -> file.toString().endsWith(".java") && Files.isRegularFile(file))
          .filter(file -> !sent.contains(file) && Files.isReadable(file))
          .filter(file -> !isTooLarge(file))
          .sorted()
          .map(
              file ->
                  new Finding(
                      ShownPath.of(file),
                      1,
                      1,
                      Severity.WARNING,
                      "Odoo does not send this file to boxes: only those directly in a folder of "
                          + HANDLERS
                          + " whose names do not begin with . or _"))
          .toList();
    }
  }

  /** It is refused, so it has been told of. */
  private static boolean isTooLarge(Path file) {
    return file.toFile().length() > ArchiveLimits.DEFAULT.sourceBytes();
  }
}
