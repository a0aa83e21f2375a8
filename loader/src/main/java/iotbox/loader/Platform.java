package iotbox.loader;

import java.util.Locale;

/** The system that the box runs on, as far as the names of handler files tell systems apart. */
public enum Platform {
  LINUX("_L", "Linux"),
  WINDOWS("_W", "Windows");

  private final String suffix;
  private final String word;

  Platform(String suffix, String word) {
    this.suffix = suffix;
    this.word = word;
  }

  /** The system of this process; whatever is not Windows counts as Linux. */
  public static Platform current() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")
        ? WINDOWS
        : LINUX;
  }

  /** What a file's name ends in (before its extension) when it is for this system only. */
  String suffix() {
    return suffix;
  }

  /** The only system that this file is for, or {@code null} if it is for all. */
  static Platform of(String path) {
    for (Platform platform : values()) {
      if (path.endsWith(platform.suffix + ".java")) {
        return platform;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return word;
  }
}
