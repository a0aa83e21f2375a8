package iotbox.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JVM's note of the classes that a box needs, as {@code box/run} has one: boxes that start by
 * it need half of the processor's time, and tests start hundreds. Made by the first test that
 * starts a box, for all processes of tests.
 */
final class QuickStart {
  /** What the JVM says of a note that it does not like must not be in the box's output. */
  private static final List<String> QUIET =
      List.of("-Xlog:disable", "-XX:+DisplayVMOutputToStderr");

  private QuickStart() {}

  /**
   * What to tell Java; nothing if there can be no note. Locks out the other threads and processes
   * while it makes the note, which takes seconds.
   *
   * @param java how boxes are started, up to the jar
   */
  static synchronized List<String> options(List<String> java, Path jar, Path folder)
      throws IOException, InterruptedException {
    Path note = folder.resolve("box.jsa");
    try (FileChannel file =
            FileChannel.open(
                folder.resolve("box.jsa.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock only = file.lock()) {
      if (only.isValid() && !isOf(note, jar)) {
        make(java, jar, note);
      }
    }
    List<String> options = new ArrayList<>(QUIET);
    if (Files.size(note) > 0) {
      options.add("-XX:SharedArchiveFile=" + note);
    }
    return options;
  }

  private static boolean isOf(Path note, Path jar) throws IOException {
    return Files.exists(note)
        && Files.getLastModifiedTime(note).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  /** By a box that shows its demonstration for a moment. */
  private static void make(List<String> java, Path jar, Path note)
      throws IOException, InterruptedException {
    Path raw = note.resolveSibling("box.jsa.new");
    Path data = Files.createTempDirectory(note.getParent(), "note");
    List<String> command = new ArrayList<>(java);
    command.addAll(QUIET);
    command.add("-XX:ArchiveClassesAtExit=" + raw);
    command.addAll(List.of("-jar", jar.toString(), "--demo", "--port", "0"));
    command.addAll(List.of("--bind", "127.0.0.1", "--data", data.resolve("data").toString()));
    ProcessBuilder builder = BoxProcess.isolate(new ProcessBuilder(command));
    builder.redirectError(data.resolve("stderr").toFile());
    Process box = builder.start();
    try (BufferedReader lines = box.inputReader(StandardCharsets.UTF_8)) {
      String ready = lines.readLine();
      if (ready != null) {
        BoxClient client = new BoxClient(BoxProcess.address(ready));
        client.awaitStatus("a device at work", now -> now.toString().contains("\"driver\":\""));
        client.get("/");
      }
      box.destroy();
      box.waitFor(60, TimeUnit.SECONDS);
    } finally {
      box.destroyForcibly();
    }
    if (Files.exists(raw)) {
      Files.move(raw, note, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.write(note, new byte[0]); // Tried once, whatever came of it.
    }
  }
}
