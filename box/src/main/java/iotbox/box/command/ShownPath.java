package iotbox.box.command;

import java.nio.file.Path;

/** How a file is named to a person at a console, so that editors and CI find it. */
public final class ShownPath {
  private ShownPath() {}

  /** Relative to where the person is, if it is below. */
  public static String of(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path there = file.toAbsolutePath().normalize();
    return (there.startsWith(here) ? here.relativize(there) : file.normalize()).toString();
  }
}
