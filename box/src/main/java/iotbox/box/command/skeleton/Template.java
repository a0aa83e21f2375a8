package iotbox.box.command.skeleton;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that the program brings along, with {@code {{names}}} where something is filled in. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private Template() {}

  /** The text of the resource with this name below {@code /skeleton}, filled in. */
  static String filled(String name, Map<String, String> values) {
    try (InputStream in = Template.class.getResourceAsStream("/skeleton/" + name + ".txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return PLACE
          .matcher(text)
          .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), values)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String value(String name, Map<String, String> values) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("Nothing is known for {{" + name + "}}");
    }
    return value;
  }
}
