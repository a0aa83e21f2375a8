package iotbox.box.option;

import java.nio.file.Path;

/**
 * Where keyboards and scanners that type are.
 *
 * @param files the folder of their event files; {@code null} for nowhere
 * @param descriptions what the kernel tells of these; {@code null} for nowhere
 * @param asked whether somebody said so, and not the box by itself
 */
public record InputOptions(Path files, Path descriptions, boolean asked) {
  private static final String NOWHERE = "none";
  private static final String USUAL = "/dev/input";
  private static final String USUAL_DESCRIPTIONS = "/sys/class/input";

  /** A container may have the host's folders somewhere else, as tests have. */
  private static final char DIVIDER = ':';

  static InputOptions of(OptionValues values) throws StartupException {
    boolean asked = values.has(BoxOption.INPUT_DEVICES);
    String usual = values.flag(BoxOption.DEMO) ? NOWHERE : USUAL;
    String text = asked ? values.text(BoxOption.INPUT_DEVICES) : usual;
    if (text.equals(NOWHERE)) {
      return new InputOptions(null, null, asked);
    }
    int divider = text.indexOf(DIVIDER);
    String files = divider < 0 ? text : text.substring(0, divider);
    String descriptions = divider < 0 ? USUAL_DESCRIPTIONS : text.substring(divider + 1);
    if (!files.startsWith("/") || !descriptions.startsWith("/")) {
      throw new StartupException(
          BoxOption.INPUT_DEVICES
              + " needs none or a folder such as "
              + USUAL
              + " (after a colon perhaps that of the kernel's descriptions, such as "
              + USUAL_DESCRIPTIONS
              + "), not "
              + OptionValues.quoted(text)
              + ".");
    }
    return new InputOptions(
        OptionValues.path(BoxOption.INPUT_DEVICES, files),
        OptionValues.path(BoxOption.INPUT_DEVICES, descriptions),
        asked);
  }

  /** Whether nothing is looked for. */
  public boolean isNone() {
    return files == null;
  }
}
