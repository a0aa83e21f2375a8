package iotbox.box;

import java.util.Locale;

/** Which box this is. */
final class BoxVersion {
  private BoxVersion() {}

  /** The number in the jar's manifest. */
  static String number() {
    String number = BoxVersion.class.getPackage().getImplementationVersion();
    return number == null ? "development" : number;
  }

  static boolean isWindows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }
}
