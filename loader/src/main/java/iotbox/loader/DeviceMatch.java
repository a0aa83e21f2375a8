package iotbox.loader;

import iotbox.handler.Device;
import iotbox.handler.Match;
import iotbox.handler.Matches;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a driver's {@link Match} says, checked.
 *
 * @param vendor -1 for any
 * @param product -1 for any
 * @param name {@code null} for any
 */
public record DeviceMatch(int vendor, int product, Pattern name) {
  private static final int LARGEST_ID = 0xffff;
  private static final List<String> NAMES = List.of("name", "product", "model", "description");

  /**
   * The matches that the class declares or inherits; what is wrong with them is added to faults.
   */
  static List<DeviceMatch> of(Class<?> driver, List<String> faults) {
    List<DeviceMatch> matches = new ArrayList<>();
    for (Match match : declaring(driver).getDeclaredAnnotationsByType(Match.class)) {
      checkId("vendor", match.vendor(), faults);
      checkId("product", match.product(), faults);
      if (match.product() != -1 && match.vendor() == -1) {
        faults.add(
            "Write @Match(vendor = …, product = "
                + hex(match.product())
                + "): each vendor counts its products anew");
      }
      if (match.vendor() == -1 && match.product() == -1 && match.name().isEmpty()) {
        faults.add(
            "Write in @Match what fits: (vendor = 0x0b67, product = 0x555e) or (name = \"a regular"
                + " expression\")");
      }
      matches.add(new DeviceMatch(match.vendor(), match.product(), pattern(match, faults)));
    }
    return matches;
  }

  /** Whether the class says, or inherits, that it recognises only devices which they fit. */
  static boolean only(Class<?> driver) {
    Matches all = declaring(driver).getDeclaredAnnotation(Matches.class);
    return all != null && all.only();
  }

  /** The nearest class that says something, perhaps that there is none; the driver if none does. */
  private static Class<?> declaring(Class<?> driver) {
    for (Class<?> each = driver; each != null; each = each.getSuperclass()) {
      if (each.getDeclaredAnnotation(Match.class) != null
          || each.getDeclaredAnnotation(Matches.class) != null) {
        return each;
      }
    }
    return driver;
  }

  private static void checkId(String what, int id, List<String> faults) {
    if (id < -1 || id > LARGEST_ID) {
      faults.add(
          "The " + what + " of @Match must be from 0 to 0xffff, as USB counts, not " + hex(id));
    }
  }

  private static String hex(int id) {
    return id < 0 ? String.valueOf(id) : "0x%04x".formatted(id);
  }

  private static Pattern pattern(Match match, List<String> faults) {
    if (match.name().isEmpty()) {
      return null;
    }
    try {
      return Pattern.compile(match.name());
    } catch (PatternSyntaxException | StackOverflowError e) {
      String why =
          e instanceof PatternSyntaxException syntax ? syntax.getDescription() : "too deep";
      faults.add(
          "The name of @Match must be a regular expression, and \""
              + match.name()
              + "\" is none: "
              + why
              + ". A backslash before a special character makes it an ordinary one");
      return null;
    }
  }

  /** Whether all that it says is true of the device. Runs none of the device's own code. */
  public boolean fits(Device device) {
    return (vendor == -1 || isId(device.get("vendor_id"), vendor))
        && (product == -1 || isId(device.get("product_id"), product))
        && (name == null || NAMES.stream().anyMatch(attribute -> isNamed(device.get(attribute))));
  }

  private static boolean isId(Object attribute, int id) {
    return attribute instanceof Integer number && number == id
        || attribute instanceof Long large && large == id;
  }

  private boolean isNamed(Object attribute) {
    return attribute instanceof String text && BriefText.has(text, name);
  }
}
