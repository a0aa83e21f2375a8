package iotbox.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the program ({@code check}, {@code new} …), run from the jar in a folder. */
final class CommandProcess {
  private static final int PATIENCE_S = 120;

  private CommandProcess() {}

  /** Runs it to its end, with {@code folder} as the working folder. */
  static BoxProcess.Exit run(Path folder, String... arguments) {
    return runJar(BoxProcess.root().resolve("box/target/iotbox.jar"), folder, arguments);
  }

  /** Runs the program in this jar to its end, with {@code folder} as the working folder. */
  static BoxProcess.Exit runJar(Path jar, Path folder, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
    command.addAll(List.of(arguments));
    try {
      // Elsewhere, as tests look at everything that is in the folder.
      Path stdout = Files.createTempFile("stdout", ".txt");
      Path stderr = Files.createTempFile("stderr", ".txt");
      Process process =
          BoxProcess.isolate(new ProcessBuilder(command))
              .directory(folder.toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile())
              .start();
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " still runs after " + PATIENCE_S + " s");
      }
      BoxProcess.Exit exit = new BoxProcess.Exit(process.exitValue(), text(stdout), text(stderr));
      Files.delete(stdout);
      Files.delete(stderr);
      return exit;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
