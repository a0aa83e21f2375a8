package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.tests.Tutorial.Block;
import iotbox.tests.Tutorial.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what {@code sample_module/README.md} tells its reader to do, word for word, in an empty
 * folder: types the commands, writes the files, makes the changes, and compares what is printed.
 * The one difference is the port, as another box may have it.
 */
@Timeout(600)
class TutorialTest {
  private static final Path GUIDE = BoxProcess.root().resolve("sample_module/README.md");
  private static final String END = "# The sample module: bench instruments";
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final String ADDRESS_IN_GUIDE = "http://127.0.0.1:8069";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** The command that goes on while others are typed in another terminal, and what it printed. */
  private Process running;

  private final List<String> printed = new ArrayList<>(); // Guarded by itself.

  /** So many lines it had printed when the last step was begun. */
  private int mark;

  private int commands;
  private int files;
  private int changes;

  @AfterEach
  void stop() throws Exception {
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  @Test
  void aReaderGetsToADriver() throws Exception {
    Files.createSymbolicLink(folder.resolve("box"), BoxProcess.root().resolve("box"));
    for (Block block : Tutorial.of(GUIDE, END).blocks()) {
      switch (block.language()) {
        case "console" -> console(block);
        case "java", "text" -> write(block);
        case "diff" -> change(block);
        case "python" -> assertFalse(block.lines().isEmpty()); // For comparison only.
        default -> throw new AssertionError(block.place() + " is of an unknown kind");
      }
    }
    running.destroy();
    assertTrue(running.waitFor(10, TimeUnit.SECONDS), "it does not end");
    assertEquals(
        List.of(7, 3, 3), List.of(commands, files, changes), "commands, files and changes");
  }

  private void console(Block block) throws Exception {
    List<Command> typed = block.commands();
    if (typed.isEmpty()) {
      awaitPrinted(block.lines(), block.place());
    }
    for (Command command : typed) {
      commands++;
      if (command.line().startsWith("./box/run dev ")) {
        start(command.line());
        awaitPrinted(command.output(), block.place());
      } else {
        mark();
        run(command, block.place());
      }
    }
  }

  private void run(Command command, String place) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        shell(inFull(command.line()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS), command.line());
    String said = Files.readString(out);
    String story = place + "\n$ " + command.line() + "\n" + said + Files.readString(err);
    assertEquals(0, process.exitValue(), story);
    boolean isAnswer =
        command.line().startsWith("curl "); // Of the box, which the guide leaves out.
    assertTrue(isAnswer || Tutorial.fits(command.output(), said.lines().toList()), story);
  }

  /** A command that ends in … was printed in full before. */
  private String inFull(String command) {
    if (!command.endsWith("…")) {
      return command;
    }
    Pattern beginning = Tutorial.pattern(here(command));
    return printed().stream()
        .map(String::strip)
        .filter(line -> beginning.matcher(line).matches())
        .findFirst()
        .orElseThrow(() -> new AssertionError(command + " is not in " + printed()));
  }

  private ProcessBuilder shell(String command) {
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", "exec " + command);
    BoxProcess.isolate(shell).directory(folder.toFile());
    shell.environment().put("IOTBOX_PORT", "0");
    shell.environment().put("IOTBOX_DATA", folder.resolve("data").toString());
    return shell;
  }

  private void start(String command) throws IOException {
    running = shell(command).redirectErrorStream(true).start();
    BufferedReader lines = running.inputReader(StandardCharsets.UTF_8);
    Thread reader =
        new Thread(
            () ->
                lines
                    .lines()
                    .forEach(
                        line -> {
                          synchronized (printed) {
                            printed.add(line);
                          }
                        }));
    reader.setDaemon(true);
    reader.start();
  }

  private List<String> printed() {
    synchronized (printed) {
      return List.copyOf(printed);
    }
  }

  private void mark() {
    mark = printed().size();
  }

  /** Other lines may come between, and in another order, as the box does many things at a time. */
  private void awaitPrinted(List<String> said, String place) {
    for (String line : said) {
      try {
        Awaitility.await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> isPrinted(line));
      } catch (ConditionTimeoutException e) {
        throw new AssertionError(place + ": " + line + "\nis not in " + story(), e);
      }
    }
  }

  private boolean isPrinted(String line) {
    Pattern wanted = Tutorial.pattern(here(line));
    boolean found = printed().stream().skip(mark).anyMatch(each -> wanted.matcher(each).matches());
    if (!found && !running.isAlive()) {
      throw new AssertionError("It ended: " + story());
    }
    return found || line.equals("…");
  }

  private String story() {
    return String.join("\n", printed());
  }

  /** The same for the port that the box has here. */
  private String here(String line) {
    if (!line.contains(ADDRESS_IN_GUIDE)) {
      return line;
    }
    Matcher address = ADDRESS.matcher(String.join("\n", printed()));
    return address.find() ? line.replace(ADDRESS_IN_GUIDE, address.group()) : line;
  }

  private void write(Block block) throws IOException {
    files++;
    Path file = folder.resolve(block.file());
    Files.createDirectories(file.getParent());
    Files.writeString(file, block.text());
  }

  private void change(Block block) throws IOException {
    changes++;
    mark();
    Path file = folder.resolve(block.file());
    String text = Files.readString(file);
    String before = side(block, '-');
    assertTrue(text.contains(before), block.place() + ": " + file + " has no such line");
    Files.writeString(file, text.replace(before, side(block, '+')));
  }

  private static String side(Block block, char sign) {
    StringBuilder side = new StringBuilder();
    block.lines().stream()
        .filter(line -> line.charAt(0) == sign)
        .forEach(line -> side.append(line.substring(1)).append('\n'));
    return side.toString();
  }
}
