package iotbox.box.option;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.http.part.OptionControl;
import iotbox.box.http.part.OptionView;
import iotbox.box.option.BoxOption.Kind;
import iotbox.box.option.OptionValues.Given;
import iotbox.box.store.KeptJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The options that a person kept on the box's page, in {@code options.json} of the data folder, and
 * what follows from them and from what was {@linkplain GivenOptions given}, which wins. They count
 * from the next start on. One that is no good any more by then is left out, and said to be.
 *
 * <p>One lock, {@code this}, guards what is kept; it is held while the small file is written.
 */
public final class KeptOptions implements OptionControl {
  private static final Logger LOG = LoggerFactory.getLogger(KeptOptions.class);
  private static final String FILE = "options.json";
  private static final String LOSS =
      "So the options that were kept on the box's page are not used: what the command line and the"
          + " environment do not say is as usual.";

  /** Neither of them is any good without the other. */
  private static final Set<BoxOption> PAIR =
      EnumSet.of(BoxOption.CERTIFICATE, BoxOption.CERTIFICATE_KEY);

  private final Path data;
  private final KeptJson file;
  private final OptionValues given;
  private final String problem;
  private final OptionValues inEffect;
  private final BoxOptions options;

  /** What of it could not be used at the start, and why, until a person changes it. */
  private final Map<BoxOption, String> unusable = new EnumMap<>(BoxOption.class);

  private OptionValues kept;

  private KeptOptions(
      Path data, GivenOptions options, Function<BoxOptions, Optional<String>> portRefusal)
      throws StartupException {
    this.data = data;
    this.given = options.values();
    Path path = data.resolve(FILE);
    file = new KeptJson(path, LOSS);
    boolean wasThere = Files.exists(path);
    Optional<JsonNode> json = file.read();
    problem = wasThere && json.isEmpty() ? path + " could not be read; see the log. " + LOSS : null;
    kept = json.map(this::values).orElse(OptionValues.NONE);
    inEffect = given.over(sound(given, kept, portRefusal, unusable));
    unusable.forEach(
        (option, why) -> LOG.error("The kept value of {} is not used: {}", option, why));
    this.options = BoxOptions.of(inEffect);
  }

  /**
   * Reads what was kept in this folder; for the start of the box.
   *
   * @param portRefusal says why the box could not serve at the port of such options, if it could
   *     not
   * @throws StartupException never: what was given is good by itself
   */
  public static KeptOptions in(
      Path data, GivenOptions given, Function<BoxOptions, Optional<String>> portRefusal)
      throws StartupException {
    return new KeptOptions(data, given, portRefusal);
  }

  /** What is in effect from the start to the end of this process. */
  public BoxOptions options() {
    return options;
  }

  /**
   * Of what is kept, all with which the box can start.
   *
   * @param unusable gets the others, each with the sentence that says what is wrong
   */
  private static OptionValues sound(
      OptionValues given,
      OptionValues kept,
      Function<BoxOptions, Optional<String>> portRefusal,
      Map<BoxOption, String> unusable) {
    OptionValues sound = OptionValues.NONE;
    Set<BoxOption> rest = EnumSet.noneOf(BoxOption.class);
    rest.addAll(kept.values().keySet());
    while (!rest.isEmpty()) {
      BoxOption next = rest.iterator().next();
      Set<BoxOption> together = PAIR.contains(next) ? PAIR : EnumSet.of(next);
      rest.removeAll(together);
      OptionValues more = kept.only(together).over(sound);
      boolean portCounts = next == BoxOption.PORT && !given.has(BoxOption.PORT);
      Optional<String> wrong =
          wrong(given.over(more), portCounts ? portRefusal : KeptOptions::nothing);
      if (wrong.isEmpty()) {
        sound = more;
      } else {
        kept.only(together).values().keySet().forEach(each -> unusable.put(each, wrong.get()));
      }
    }
    return sound;
  }

  private static Optional<String> wrong(
      OptionValues values, Function<BoxOptions, Optional<String>> portRefusal) {
    try {
      return portRefusal.apply(BoxOptions.of(values));
    } catch (StartupException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Optional<String> nothing(BoxOptions options) {
    return Optional.empty();
  }

  /** What the file says; the names that this version does not keep are told and left out. */
  private OptionValues values(JsonNode json) {
    Map<BoxOption, Given> values = new EnumMap<>(BoxOption.class);
    json.properties()
        .forEach(
            entry -> {
              Object value = entry.getValue().isArray() ? list(entry.getValue()) : null;
              try {
                BoxOption option = keepable(entry.getKey());
                put(values, option, value == null ? entry.getValue().asText() : value);
              } catch (IllegalArgumentException e) {
                LOG.error("A part of {} is not used: {}", data.resolve(FILE), e.getMessage());
              }
            });
    return new OptionValues(values);
  }

  private static List<String> list(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static void put(Map<BoxOption, Given> values, BoxOption option, Object value) {
    List<String> texts = texts(option, value);
    if (texts.isEmpty()) {
      values.remove(option);
    } else {
      values.put(option, new Given(texts, OptionSource.KEPT));
    }
  }

  private static List<String> texts(BoxOption option, Object value) {
    List<?> all = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Object each : all) {
      if (!(each instanceof String || each instanceof Number || each instanceof Boolean)) {
        throw new IllegalArgumentException(option + " needs a text, or a list of texts.");
      }
      String text = each.toString().strip();
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(option + " needs a text of one line.");
      }
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    try {
      return OptionReader.texts(option, texts).stream().filter(text -> !text.isBlank()).toList();
    } catch (StartupException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static BoxOption keepable(String name) {
    BoxOption option =
        shown()
            .filter(each -> each.longName().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("There is no option --" + name + " to keep."));
    SaidElsewhere.reason(option)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(option + " is not kept here. " + reason);
            });
    return option;
  }

  private static Stream<BoxOption> shown() {
    return Stream.of(BoxOption.values()).filter(option -> option.kind() != Kind.QUESTION);
  }

  @Override
  public synchronized void keep(Map<?, ?> values) throws IOException {
    Map<BoxOption, Given> all = new EnumMap<>(BoxOption.class);
    all.putAll(kept.values());
    Set<BoxOption> changed = EnumSet.noneOf(BoxOption.class);
    values.forEach(
        (name, value) -> {
          BoxOption option = keepable(String.valueOf(name));
          put(all, option, value);
          changed.add(option);
        });
    OptionValues next = new OptionValues(all);
    // Of its own, too, for the day on which the command line does not hide it any more.
    check(OptionValues.NONE, next, changed);
    check(given, next, changed);
    write(next);
    kept = next;
    unusable.keySet().removeAll(changed);
  }

  /** Refuses what the command line would not take, not minding what was wrong before. */
  private static void check(OptionValues above, OptionValues next, Set<BoxOption> changed) {
    Set<BoxOption> unit = EnumSet.noneOf(BoxOption.class);
    unit.addAll(changed);
    if (unit.stream().anyMatch(PAIR::contains)) {
      unit.addAll(PAIR);
    }
    OptionValues others =
        sound(above, next.without(unit), KeptOptions::nothing, new EnumMap<>(BoxOption.class));
    try {
      BoxOptions.of(above.over(next.only(unit)).over(others));
    } catch (StartupException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void write(OptionValues next) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    shown()
        .filter(next::has)
        .forEach(option -> content.put(option.longName(), value(option, next)));
    file.write(content);
    LOG.info("The owner kept options for the next start: {}", content.keySet());
  }

  @Override
  public synchronized List<OptionView> views() {
    OptionValues next =
        given.over(sound(given, kept, KeptOptions::nothing, new EnumMap<>(BoxOption.class)));
    return shown().map(option -> view(option, next)).toList();
  }

  private OptionView view(BoxOption option, OptionValues next) {
    boolean secret = option == BoxOption.ODOO;
    return new OptionView(
        option.longName(),
        option.kind() == Kind.VALUE ? "text" : option.kind().name().toLowerCase(Locale.ROOT),
        option.label(),
        option.description(),
        secret ? null : shown(option, inEffect),
        value(option, OptionValues.NONE),
        inEffect.source(option).word(),
        kept.has(option) ? value(option, kept) : null,
        secret ? null : shown(option, next),
        unusable.get(option),
        SaidElsewhere.reason(option).orElse(null),
        secret);
  }

  private Object shown(BoxOption option, OptionValues values) {
    Object value = value(option, values);
    return option == BoxOption.DATA && value == null ? data.toString() : value;
  }

  private static Object value(BoxOption option, OptionValues values) {
    return switch (option.kind()) {
      case SEVERAL -> values.texts(option);
      case FLAG -> Objects.requireNonNullElse(values.text(option), "").equalsIgnoreCase("true");
      case VALUE, QUESTION -> values.text(option);
    };
  }

  @Override
  public String problem() {
    return problem;
  }
}
