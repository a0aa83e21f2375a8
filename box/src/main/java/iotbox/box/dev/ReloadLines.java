package iotbox.box.dev;

import iotbox.box.command.Finding;
import iotbox.box.command.Finding.Severity;
import iotbox.box.command.ShownPath;
import iotbox.box.dev.Screen.Tone;
import iotbox.box.reload.Reload;
import iotbox.loader.Diagnostic;
import iotbox.loader.HandlerStatus;
import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a reload changed, file by file, and then in one line. For one thread at a time. */
final class ReloadLines {
  private static final String ABOUT = "reload";

  private final Path handlers;
  private final Screen screen;
  private Map<String, HandlerStatus> known = Map.of();

  /**
   * @param handlers the folder of the module's handlers
   */
  ReloadLines(Path handlers, Screen screen) {
    this.handlers = handlers;
    this.screen = screen;
  }

  void show(Reload reload, List<HandlerStatus> status) {
    Map<String, HandlerStatus> now = new LinkedHashMap<>();
    status.stream()
        .filter(file -> file.compiler() != Compiler.BUILTIN)
        .forEach(file -> now.put(file.file(), file));
    known.keySet().stream()
        .filter(file -> !now.containsKey(file))
        .forEach(file -> screen.happened(Tone.PLAIN, ABOUT, file + ": gone"));
    now.values().stream().filter(file -> isNews(known.get(file.file()), file)).forEach(this::show);
    known = now;
    long refused = now.values().stream().filter(file -> file.state() == State.FAILED).count();
    long loaded = now.values().stream().filter(file -> file.state() == State.LOADED).count();
    screen.happened(
        refused == 0 ? Tone.GOOD : Tone.BAD,
        ABOUT,
        String.format(
            Locale.ROOT, "%d loaded, %d refused, in %d ms", loaded, refused, reload.millis()));
  }

  private static boolean isNews(HandlerStatus before, HandlerStatus now) {
    return before == null
        || before.state() != now.state()
        || !Objects.equals(before.hash(), now.hash())
        || !before.diagnostics().equals(now.diagnostics());
  }

  private void show(HandlerStatus file) {
    String path = ShownPath.of(handlers.resolve(file.file()));
    switch (file.state()) {
      case FAILED -> {
        String earlier = file.running() == null ? "" : "; the earlier version goes on";
        screen.happened(Tone.BAD, ABOUT, file.file() + ": refused" + earlier);
        file.diagnostics().stream()
            .filter(each -> each.severity() == Diagnostic.Severity.ERROR)
            .forEach(each -> quote(path, each));
      }
      case LOADED -> {
        screen.happened(Tone.PLAIN, ABOUT, file.file() + ": " + what(file));
        file.diagnostics().forEach(each -> quote(path, each));
      }
      case SKIPPED ->
          screen.happened(
              Tone.FAINT, ABOUT, file.file() + ": skipped, " + file.diagnostics().get(0).message());
      default -> throw new IllegalStateException(file.toString());
    }
  }

  private static String what(HandlerStatus file) {
    String by =
        file.compiler() == Compiler.JANINO
            ? ", by Janino"
            : file.compiler() == Compiler.ECJ ? ", by the Eclipse compiler" : "";
    return file.kind().word() + by;
  }

  private void quote(String path, Diagnostic diagnostic) {
    boolean error = diagnostic.severity() == Diagnostic.Severity.ERROR;
    Finding finding = Finding.of(path, diagnostic, error ? Severity.ERROR : Severity.WARNING);
    List<String> lines = SourceQuote.lines(finding, diagnostic.source());
    screen.whole(error ? Tone.BAD : Tone.PLAIN, lines.get(0));
    lines.subList(1, lines.size()).forEach(line -> screen.whole(Tone.FAINT, line));
  }
}
