package iotbox.box.option;

import iotbox.box.option.BoxOption.Kind;
import iotbox.box.option.OptionValues.Given;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Finds what was given for each option, on the command line or else in the environment. */
final class OptionReader {
  private static final Pattern OPTION = Pattern.compile("-+\\p{Alpha}.*", Pattern.DOTALL);

  private static final Set<String> NAMES = names(option -> true);
  private static final Set<String> FLAGS = names(option -> option.kind() == Kind.FLAG);

  private OptionReader() {}

  private static Set<String> names(Predicate<BoxOption> which) {
    return Stream.of(BoxOption.values())
        .filter(which)
        .map(BoxOption::toString)
        .collect(Collectors.toUnmodifiableSet());
  }

  static OptionValues read(String[] arguments, Map<String, String> environment)
      throws StartupException {
    CommandLine line = parsed(arguments);
    Map<BoxOption, Given> values = new EnumMap<>(BoxOption.class);
    for (BoxOption option : BoxOption.values()) {
      String[] given = line.getOptionValues(option.longName());
      OptionSource source = OptionSource.COMMAND_LINE;
      if (given == null) {
        given = fromEnvironment(option, environment);
        source = OptionSource.ENVIRONMENT;
      }
      List<String> texts = texts(option, List.of(given));
      if (!texts.isEmpty()) {
        values.put(option, new Given(texts, source));
      }
    }
    OptionValues all = new OptionValues(values);
    return all.flag(BoxOption.DEMO) ? demonstrating(all) : all;
  }

  /**
   * What these texts say of one option.
   *
   * @throws StartupException if that can be said only once
   */
  static List<String> texts(BoxOption option, List<String> given) throws StartupException {
    if (option.kind() == Kind.SEVERAL) {
      return given.stream().flatMap(text -> Stream.of(text.split(","))).toList();
    }
    if (given.size() > 1) {
      throw new StartupException(option + " can be given only once.");
    }
    return given;
  }

  /** A demonstration asks nobody outside, and browsers know no certificate of a laptop's. */
  private static OptionValues demonstrating(OptionValues given) {
    Given none = new Given(List.of("none"), OptionSource.DEMO);
    OptionValues nobody =
        new OptionValues(
            Map.of(BoxOption.PAIRING_PROXY, none, BoxOption.CERTIFICATE_SERVICE, none));
    return nobody.over(given).over(new OptionValues(Map.of(BoxOption.HTTPS_PORT, none)));
  }

  private static CommandLine parsed(String[] arguments) throws StartupException {
    for (String argument : arguments) {
      // The parser would also take -port, ---port and -port80, and an unknown option as a value.
      if (OPTION.matcher(argument).matches() && !NAMES.contains(shown(argument))) {
        throw unknown(argument);
      }
    }
    try {
      CommandLine line =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .setStripLeadingAndTrailingQuotes(false)
              .get()
              .parse(
                  known(), Stream.of(arguments).map(OptionReader::written).toArray(String[]::new));
      if (!line.getArgList().isEmpty()) {
        throw refused("\"" + shown(line.getArgList().get(0)) + "\" belongs to no option.");
      }
      return line;
    } catch (MissingArgumentException e) {
      throw refused("--" + e.getOption().getLongOpt() + " needs a value.");
    } catch (UnrecognizedOptionException e) {
      throw unknown(e.getOption());
    } catch (ParseException e) {
      throw refused("The command line cannot be read: " + shown(e.getMessage()) + ".");
    }
  }

  private static Options known() {
    Options options = new Options();
    for (BoxOption option : BoxOption.values()) {
      options.addOption(
          Option.builder().longOpt(option.longName()).hasArg(option.kind() != Kind.QUESTION).get());
    }
    return options;
  }

  /**
   * {@code --demo=true} for {@code --demo}: the parser's optional values may also be the next
   * argument, and a flag's may not.
   */
  private static String written(String argument) {
    return FLAGS.contains(argument) ? argument + "=true" : argument;
  }

  private static String[] fromEnvironment(BoxOption option, Map<String, String> environment) {
    String value =
        option.kind() == Kind.QUESTION ? null : environment.get(option.environmentName());
    return value == null || value.isBlank() ? new String[0] : new String[] {value};
  }

  private static StartupException unknown(String argument) {
    return refused("Unknown option " + shown(argument) + ".");
  }

  private static StartupException refused(String sentence) {
    return new StartupException(sentence + " --help lists the options.");
  }

  /** Its beginning: what follows may be a token, which belongs in no message, or another line. */
  private static String shown(String argument) {
    return argument.split("[=|?\\v]", 2)[0];
  }
}
