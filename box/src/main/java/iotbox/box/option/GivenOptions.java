package iotbox.box.option;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the box was told on its command line and in its environment; the command line wins. This is
 * enough to know where its data is, and what was kept there may say more: see {@link KeptOptions}.
 */
public final class GivenOptions {
  private final OptionValues values;
  private final BoxOptions options;

  private GivenOptions(OptionValues values, BoxOptions options) {
    this.values = values;
    this.options = options;
  }

  /**
   * Reads them.
   *
   * @param commands what else the program does, for {@code --help}
   * @param help gets the text for {@code --help} or {@code --version} if one was asked for
   * @return {@code null} if help was asked for
   * @throws StartupException if one of them is unknown or unusable
   */
  public static GivenOptions read(
      String[] arguments,
      Map<String, String> environment,
      Collection<? extends CommandHelp> commands,
      Consumer<String> help)
      throws StartupException {
    if (asked(arguments, BoxOption.HELP)) {
      help.accept(OptionHelp.text(commands));
      return null;
    }
    if (asked(arguments, BoxOption.VERSION)) {
      help.accept("iotbox " + BoxVersion.number() + System.lineSeparator());
      return null;
    }
    OptionValues values = OptionReader.read(arguments, environment);
    return new GivenOptions(values, BoxOptions.of(values));
  }

  /** Before the others are read: whoever asks for help may have got one of them wrong. */
  private static boolean asked(String[] arguments, BoxOption question) {
    return Stream.of(arguments).anyMatch(word -> (word + "=").startsWith(question + "="));
  }

  /** They alone, and the usual ones. */
  public BoxOptions options() {
    return options;
  }

  OptionValues values() {
    return values;
  }
}
