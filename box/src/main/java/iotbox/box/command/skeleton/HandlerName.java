package iotbox.box.command.skeleton;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name in the forms in which a handler needs it.
 *
 * @param words in lower case
 */
record HandlerName(List<String> words) {
  private static final Pattern WRITTEN =
      Pattern.compile("[A-Za-z][A-Za-z0-9]*([-_ ][A-Za-z0-9]+)*");
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[-_ ]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final int LONGEST = 60;

  /** Where a class of this name would hide one that the file uses, or be hidden by it. */
  private static final List<String> TAKEN_IN =
      List.of(
          "java.lang", "java.io", "java.net", "java.util", "iotbox.handler", "iotbox.stock.serial");

  HandlerName {
    words = List.copyOf(words);
  }

  /**
   * Takes a name as people write it: {@code CounterScale}, {@code counter_scale}, {@code
   * counter-scale}.
   *
   * @throws SkeletonException if no class can have it
   */
  static HandlerName of(String written) throws SkeletonException {
    if (!WRITTEN.matcher(written).matches() || written.length() > LONGEST) {
      throw new SkeletonException(
          "\""
              + written
              + "\" cannot be the name of a handler: write letters and digits, such as CounterScale"
              + " or counter_scale.");
    }
    HandlerName name =
        new HandlerName(
            Arrays.stream(BETWEEN_WORDS.split(written))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList());
    Optional<String> taken = TAKEN_IN.stream().filter(name::isTakenIn).findFirst();
    if (taken.isPresent()) {
      throw new SkeletonException(
          "There is a class "
              + taken.get()
              + "."
              + name.className()
              + " already; give the handler a name of its own, such as My"
              + name.className()
              + ".");
    }
    return name;
  }

  private boolean isTakenIn(String packageName) {
    try {
      Class.forName(packageName + "." + className(), false, HandlerName.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** {@code CounterScale}. */
  String className() {
    return words.stream().map(HandlerName::capitalised).collect(Collectors.joining());
  }

  /** {@code counter_scale}. */
  String fileName() {
    return String.join("_", words);
  }

  /** {@code COUNTER_SCALE}. */
  String constant() {
    return fileName().toUpperCase(Locale.ROOT);
  }

  /** {@code Counter scale}. */
  String title() {
    return capitalised(String.join(" ", words));
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
