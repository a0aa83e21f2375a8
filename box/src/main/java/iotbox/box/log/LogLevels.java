package iotbox.box.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import iotbox.box.http.part.LogLevelControl;
import iotbox.box.store.PrivateFile;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * The levels at which single handlers log, or parts of the box, as a person set them. After a week
 * each is as usual again: who looks for a fault forgets to end it, and the log runs over.
 *
 * <p>One lock, {@code this}, guards the settings; it is held while their small file is written.
 */
public final class LogLevels implements LogLevelControl {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogLevels.class);
  static final Duration LIFE = Duration.ofDays(7);
  private static final Duration LOOK = Duration.ofHours(1);
  private static final String FILE = "log-levels";
  private static final List<String> WORDS = List.of("trace", "debug", "info", "warn", "error");

  private final Path file;
  private final Clock clock;
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private Map<String, Setting> settings = new TreeMap<>();

  private LogLevels(Path dataFolder, Clock clock) {
    this.file = dataFolder.resolve(FILE);
    this.clock = clock;
  }

  /** Those of earlier runs that are still to last. */
  public static LogLevels in(Path dataFolder, BoxThreads threads) {
    LogLevels levels = in(dataFolder, Clock.systemUTC());
    threads
        .timer()
        .scheduleWithFixedDelay(
            () -> threads.work().execute(levels::expire),
            LOOK.toMillis(),
            LOOK.toMillis(),
            TimeUnit.MILLISECONDS);
    return levels;
  }

  static LogLevels in(Path dataFolder, Clock clock) {
    LogLevels levels = new LogLevels(dataFolder, clock);
    levels.read();
    levels.expire();
    return levels;
  }

  @Override
  public synchronized List<Setting> settings() {
    return List.copyOf(settings.values());
  }

  @Override
  public synchronized void set(String logger, String level) throws IOException {
    String word = level == null ? null : level.toLowerCase(Locale.ROOT);
    if (word != null && !WORDS.contains(word)) {
      throw new IllegalArgumentException(
          "\"" + level + "\" is no level; the levels are " + String.join(", ", WORDS) + ".");
    }
    Map<String, Setting> next = new TreeMap<>(settings);
    if (word == null) {
      next.remove(logger);
    } else {
      next.put(logger, new Setting(logger, word, clock.instant().plus(LIFE)));
    }
    write(next);
    settings = next;
    apply(logger, word);
  }

  /** Ends what has lasted long enough. */
  synchronized void expire() {
    List<Setting> over =
        settings.values().stream().filter(each -> !each.until().isAfter(clock.instant())).toList();
    for (Setting each : over) {
      settings.remove(each.logger());
      apply(each.logger(), null);
      LOG.info("{} logs as usual again", each.logger());
    }
    if (!over.isEmpty()) {
      try {
        write(settings);
      } catch (IOException e) {
        // They are over by their time, which the next start sees, too.
        LOG.warn("{} cannot be written: {}", file, e.toString());
      }
    }
  }

  /**
   * @param word {@code null} for the usual level
   */
  private void apply(String logger, String word) {
    context.getLogger(logger).setLevel(word == null ? null : Level.toLevel(word));
  }

  private synchronized void read() {
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ");
        if (words.length == 3 && WORDS.contains(words[1])) {
          settings.put(words[0], new Setting(words[0], words[1], Instant.parse(words[2])));
          apply(words[0], words[1]);
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("All log as usual");
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read and is not used: {}", file, e.toString());
    }
  }

  private void write(Map<String, Setting> next) throws IOException {
    if (next.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    List<String> lines = new ArrayList<>();
    next.values()
        .forEach(each -> lines.add(each.logger() + " " + each.level() + " " + each.until()));
    PrivateFile.write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }
}
