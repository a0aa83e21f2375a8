package iotbox.box.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the owner said of sites, kept in {@code origins} of the data folder: a line for each.
 *
 * <p>One lock, held while an answer is written to the disk, so that two do not overtake each other;
 * whoever only looks does not take it.
 */
public final class OriginAnswers {
  /** More than a person answers, and less than would make each look slow. */
  static final int MOST = 500;

  private static final Logger LOG = LoggerFactory.getLogger(OriginAnswers.class);
  private static final String ALLOWED = "allowed";
  private static final String REFUSED = "refused";

  private final Path file;
  private volatile Map<WebOrigin, Answer> answers; // null until somebody looks

  /** What was said, and when. */
  record Answer(boolean allowed, Instant since) {}

  public OriginAnswers(Path dataFolder) {
    this.file = dataFolder.resolve("origins");
  }

  Optional<Answer> of(WebOrigin origin) {
    return Optional.ofNullable(all().get(origin));
  }

  /** In the order in which they were given; none while they cannot be read. */
  Map<WebOrigin, Answer> all() {
    Map<WebOrigin, Answer> known = answers;
    try {
      return known == null ? load() : known;
    } catch (IOException e) {
      LOG.error("Which sites may use the devices cannot be read now: {}", e.toString());
      return Map.of();
    }
  }

  /**
   * A file that is no good is put aside, so that a person can look at it, and the sites ask again.
   */
  private synchronized Map<WebOrigin, Answer> load() throws IOException {
    if (answers == null) {
      Map<WebOrigin, Answer> kept = Map.of();
      try {
        kept = read(file);
      } catch (NoSuchFileException e) {
        LOG.debug("No site has been answered yet");
      } catch (IllegalArgumentException e) {
        LOG.error(
            "Which sites may use the devices is damaged ({}), so they will ask again. The old file"
                + " is kept as {}.",
            e.getMessage(),
            PrivateFile.putAside(file));
      }
      answers = Collections.unmodifiableMap(kept);
    }
    return answers;
  }

  synchronized void put(WebOrigin origin, Answer answer) throws IOException {
    Map<WebOrigin, Answer> next = new LinkedHashMap<>(load());
    next.remove(origin);
    if (next.size() >= MOST) {
      throw new IllegalStateException(
          "The box remembers answers for " + MOST + " sites already; take some back first.");
    }
    next.put(origin, answer);
    write(next);
  }

  synchronized void remove(WebOrigin origin) throws IOException {
    Map<WebOrigin, Answer> next = new LinkedHashMap<>(load());
    if (next.remove(origin) != null) {
      write(next);
    }
  }

  private void write(Map<WebOrigin, Answer> next) throws IOException {
    StringBuilder text = new StringBuilder();
    next.forEach(
        (origin, answer) ->
            text.append(answer.allowed() ? ALLOWED : REFUSED)
                .append(' ')
                .append(answer.since())
                .append(' ')
                .append(origin)
                .append('\n'));
    PrivateFile.write(file, text.toString().getBytes(UTF_8));
    answers = Collections.unmodifiableMap(next);
  }

  private static Map<WebOrigin, Answer> read(Path file) throws IOException {
    Map<WebOrigin, Answer> answers = new LinkedHashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file, ISO_8859_1)) {
      number++;
      String[] words = line.split(" ");
      Optional<WebOrigin> origin = words.length == 3 ? WebOrigin.of(words[2]) : Optional.empty();
      if (origin.isEmpty() || !words[0].equals(ALLOWED) && !words[0].equals(REFUSED)) {
        throw new IllegalArgumentException("line " + number + " is no answer");
      }
      try {
        answers.put(origin.get(), new Answer(words[0].equals(ALLOWED), Instant.parse(words[1])));
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("line " + number + " has no time", e);
      }
    }
    return answers;
  }
}
