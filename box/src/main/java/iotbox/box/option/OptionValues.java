package iotbox.box.option;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was given for each option, as the type that it is meant to be. A value that cannot be one is
 * refused in a sentence that names the option.
 */
record OptionValues(Map<BoxOption, Given> values) {
  static final OptionValues NONE = new OptionValues(Map.of());

  OptionValues {
    values = Map.copyOf(values);
  }

  /**
   * What was given for one option.
   *
   * @param texts at least one
   */
  record Given(List<String> texts, OptionSource source) {
    Given {
      texts = List.copyOf(texts);
    }
  }

  boolean has(BoxOption option) {
    return values.containsKey(option);
  }

  /** Where its value comes from. */
  OptionSource source(BoxOption option) {
    return has(option) ? values.get(option).source() : OptionSource.DEFAULT;
  }

  /** These, and the others' where nothing is given here. */
  OptionValues over(OptionValues others) {
    Map<BoxOption, Given> all = new EnumMap<>(BoxOption.class);
    all.putAll(others.values);
    all.putAll(values);
    return new OptionValues(all);
  }

  /** Of these, those for these options. */
  OptionValues only(Collection<BoxOption> options) {
    Map<BoxOption, Given> some = new EnumMap<>(BoxOption.class);
    some.putAll(values);
    some.keySet().retainAll(options);
    return new OptionValues(some);
  }

  /** These without those for these options. */
  OptionValues without(Collection<BoxOption> options) {
    Map<BoxOption, Given> some = new EnumMap<>(BoxOption.class);
    some.putAll(values);
    some.keySet().removeAll(options);
    return new OptionValues(some);
  }

  boolean flag(BoxOption option) throws StartupException {
    String value = text(option);
    if (value == null || value.isEmpty() || value.equalsIgnoreCase("false")) {
      return false;
    }
    if (!value.equalsIgnoreCase("true")) {
      throw new StartupException(option + " must be true or false, not " + quoted(value) + ".");
    }
    return true;
  }

  /** The value given, or the usual one, or {@code null}. */
  String text(BoxOption option) {
    return has(option) ? values.get(option).texts().get(0) : option.usual();
  }

  List<String> texts(BoxOption option) {
    return has(option) ? values.get(option).texts() : List.of();
  }

  /**
   * A number from 0.
   *
   * @param range how the sentence says what is meant
   */
  int number(BoxOption option, int most, String range) throws StartupException {
    String value = text(option);
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new StartupException(option + " must be " + range + ", not " + quoted(value) + ".");
  }

  /** {@code null} if none was given. */
  Path path(BoxOption option) throws StartupException {
    return has(option) ? path(option, text(option)) : null;
  }

  /** {@code null} if none was given. */
  Path file(BoxOption option) throws StartupException {
    return has(option) ? file(option, text(option)) : null;
  }

  /** A file that this user may read. */
  static Path file(BoxOption option, String name) throws StartupException {
    Path file = path(option, name);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new StartupException(
          option + " needs a file that this user may read, and " + name + " is none.");
    }
    return file;
  }

  /** Folders of Odoo modules. */
  List<Path> modules(BoxOption option) throws StartupException {
    List<Path> modules = new ArrayList<>();
    for (String folder : texts(option)) {
      Path module = path(option, folder);
      if (!Files.isDirectory(module)) {
        throw new StartupException(
            option + " needs the folder of an Odoo module, but " + folder + " is none.");
      }
      modules.add(module);
    }
    return modules;
  }

  /** {@code null} for {@code none}. */
  String webOrNone(BoxOption option) throws StartupException {
    String value = text(option);
    if (value.equals("none")) {
      return null;
    }
    if (!value.matches("https?://[^\\s/]+\\S*")) {
      throw new StartupException(
          option
              + " needs none or a URL that begins with http:// or https://, not "
              + quoted(value)
              + ".");
    }
    return value;
  }

  static Path path(BoxOption option, String value) throws StartupException {
    try {
      // Not normalized: what is ".." of a symbolic link only the system knows.
      return Path.of(value).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new StartupException(
          option + " needs a path, and " + quoted(value) + " cannot be one.");
    }
  }

  /** Its first line, as a refusal is one line. */
  static String quoted(String value) {
    return "\"" + value.lines().findFirst().orElse("") + "\"";
  }
}
