package iotbox.stock.display;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the system that knows its screens. */
final class ScreenTool {
  private static final int PATIENCE_SECONDS = 5;
  private static final int LONGEST_COMPLAINT = 300;

  private final String program;
  private final String debianPackage;
  private final Map<String, String> environment;

  /**
   * @param program its name, looked for in the path
   * @param debianPackage which has it
   * @param environment which desktop is asked, besides what the box has
   */
  ScreenTool(String program, String debianPackage, Map<String, String> environment) {
    this.program = program;
    this.debianPackage = debianPackage;
    this.environment = environment;
  }

  /** Which desktop it asks: what a program has in its environment that is to appear there. */
  Map<String, String> environment() {
    return environment;
  }

  /** What it prints; less than a pipe holds (64 KiB), of which two screens need a tenth. */
  String ask(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Process process = start(command);
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(program + " gave no answer within " + PATIENCE_SECONDS + " seconds.");
      }
      String answer = text(process.getInputStream().readAllBytes());
      if (process.exitValue() != 0) {
        String complaint = text(process.getErrorStream().readAllBytes()).strip();
        throw new IOException(
            String.join(" ", command)
                + " failed: "
                + complaint.substring(0, Math.min(complaint.length(), LONGEST_COMPLAINT)));
      }
      return answer;
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ToolMissingException(
          "Screens cannot be found without "
              + program
              + ": install the package "
              + debianPackage
              + ".",
          e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
