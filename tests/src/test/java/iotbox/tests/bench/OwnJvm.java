package iotbox.tests.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of these tests in a fresh JVM, as small as a box's. */
final class OwnJvm {
  private OwnJvm() {}

  /** The numbers that the program prints, one on each line. */
  static double[] figures(Class<?> program, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-classpath",
                System.getProperty("java.class.path"),
                program.getName()));
    for (Object argument : arguments) {
      command.add(String.valueOf(argument));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed");
    }
    return output.lines().mapToDouble(Double::parseDouble).toArray();
  }
}
