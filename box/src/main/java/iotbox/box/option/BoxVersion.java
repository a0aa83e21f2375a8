package iotbox.box.option;

import java.util.Locale;

/** Which box this is. */
public final class BoxVersion {
  private BoxVersion() {}

  /** The number in the jar's manifest. */
  public static String number() {
    String number = BoxVersion.class.getPackage().getImplementationVersion();
    return number == null ? "development" : number;
  }

  public static boolean isWindows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }
}
