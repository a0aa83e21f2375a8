package iotbox.stock.display;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The browser that shows the pages: which it is, and how it is told to be a customers' display. */
final class Chromium {
  private static final List<String> PROGRAMS =
      List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

  /** Its wire is at the descriptors 3 and 4, and a Java program can give 0 to 2 only. */
  private static final List<String> ON_OTHER_DESCRIPTORS =
      List.of("/bin/sh", "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null");

  private static final List<String> OPTIONS =
      List.of(
          "--remote-debugging-pipe",
          "--kiosk",
          "--incognito",
          "--no-first-run",
          "--no-default-browser-check",
          "--noerrdialogs",
          "--disable-infobars",
          "--disable-session-crashed-bubble",
          "--disable-extensions",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-breakpad",
          "--disable-crash-reporter",
          "--disable-pinch",
          "--overscroll-history-navigation=0",
          "--block-new-web-contents",
          "--autoplay-policy=no-user-gesture-required",
          "--password-store=basic",
          "--disk-cache-size=1",
          "--log-level=3",
          // The point of sale's page on this display asks this box for what it is to show, which
          // would be a question to customers otherwise.
          "--disable-features=Translate,LocalNetworkAccessChecks",
          "about:blank");

  /** Chromium cannot protect itself from its pages by other means there, and does not start. */
  private static final List<String> AS_ROOT = List.of("--no-sandbox", "--test-type");

  private final String path;

  /**
   * @param path where programs are looked for: folders as in {@code PATH}
   */
  Chromium(String path) {
    this.path = path == null ? "" : path;
  }

  /**
   * The program.
   *
   * @throws ToolMissingException if there is none, with a sentence that says what to do
   */
  String program() throws ToolMissingException {
    return found()
        .orElseThrow(
            () ->
                new ToolMissingException(
                    "A display needs a browser: install the package chromium.", null));
  }

  private Optional<String> found() {
    for (String program : PROGRAMS) {
      for (String folder : path.split(File.pathSeparator)) {
        Path file = Path.of(folder, program);
        if (!folder.isEmpty() && Files.isExecutable(file)) {
          return Optional.of(file.toString());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Starts one.
   *
   * @param options that have it appear on its screen
   * @param profile a folder for it alone
   * @param environment which desktop it appears on
   * @param readers run what reads from it
   * @param messages gets what it says, see {@link Browser}
   */
  Browser start(
      List<String> options,
      Path profile,
      Map<String, String> environment,
      Executor readers,
      Consumer<Browser.Message> messages)
      throws IOException {
    List<String> command = new ArrayList<>(ON_OTHER_DESCRIPTORS);
    command.add(program());
    command.add("--user-data-dir=" + profile);
    command.addAll(options);
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(AS_ROOT);
    }
    command.addAll(OPTIONS);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("IOTBOX_")); // Tokens, say.
    builder.environment().putAll(environment);
    return new Browser(builder.start(), readers, messages);
  }
}
