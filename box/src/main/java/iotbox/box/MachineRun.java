package iotbox.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells one run of the machine, from its switching on to its end, from the next. */
final class MachineRun {
  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private MachineRun() {}

  /** A word for this run; the same one always on systems that do not tell. */
  static String name() {
    try {
      String id = Files.readString(LINUX).strip();
      return id.matches("[0-9a-f-]+") ? id : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
