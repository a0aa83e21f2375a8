package iotbox.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import iotbox.box.store.PrivateFile;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over the end of the process which handlers were being started, so that those which
 * ended it are not started for ever. Before handlers begin, a mark with their name is written; it
 * goes when the box has run well for a while, or was told to end. What is still there at the next
 * start counts: after {@link #CHANCES} ends in a row the handlers are not admitted.
 *
 * <p>An end does not count if the machine ended with it: power cuts are no fault of handlers. So
 * switching the machine off and on gives handlers that are held back one more chance.
 *
 * <p>The methods read and write one small file. One lock guards the rest and is held meanwhile.
 */
final class StartGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartGuard.class);

  /**
   * Handlers that began and were not seen to run well.
   *
   * @param times how often in a row
   * @param machineRun in which they began the last time
   */
  private record Mark(int times, String machineRun) {}

  /** How often handlers may end the box. */
  static final int CHANCES = 2;

  private static final Duration WELL = Duration.ofSeconds(20);
  private static final String FILE = "starting";

  private final Path file;
  private final BoxThreads threads;
  private final Duration well;
  private final String machineRun;

  // Guarded by this.
  private final Map<String, Mark> begun;
  private final Map<String, String> starting = new HashMap<>();
  private boolean closed;

  StartGuard(Path dataFolder, BoxThreads threads) {
    this(dataFolder, threads, WELL, MachineRun.name());
  }

  /**
   * @param well after this long nobody blames the handlers for what ends the box
   * @param machineRun the machine's, from its switching on to its end
   */
  StartGuard(Path dataFolder, BoxThreads threads, Duration well, String machineRun) {
    this.file = dataFolder.resolve(FILE);
    this.threads = threads;
    this.well = well;
    this.machineRun = machineRun;
    this.begun = read(file);
    begun.replaceAll((handlers, mark) -> withoutPowerCut(mark));
  }

  /** Whether these handlers may be started. */
  synchronized boolean admits(String handlers) {
    return starting.containsValue(handlers) || times(handlers) < CHANCES;
  }

  private int times(String handlers) {
    Mark mark = begun.get(handlers);
    return mark == null ? 0 : mark.times();
  }

  /** If the last end was the machine's, only those before it count. */
  private Mark withoutPowerCut(Mark mark) {
    return mark.machineRun().equals(machineRun)
        ? mark
        : new Mark(Math.max(0, mark.times() - 1), machineRun);
  }

  /**
   * These handlers are started now, in the place of those before.
   *
   * @param source where they come from; other sources' handlers go on
   */
  synchronized void begins(String source, String handlers) {
    if (closed || handlers.equals(starting.get(source))) {
      return;
    }
    String former = starting.put(source, handlers);
    if (former != null) {
      begun.remove(former); // It has not ended the box, and is not there to do it any more.
    }
    begun.put(handlers, new Mark(times(handlers) + 1, machineRun));
    write();
    try {
      threads
          .timer()
          .schedule(
              () -> threads.work().execute(() -> isWell(handlers)),
              well.toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The box ends");
    }
  }

  /** These handlers get all their chances again. */
  synchronized void forgive(String handlers) {
    if (begun.remove(handlers) != null) {
      write();
    }
  }

  private synchronized void isWell(String handlers) {
    if (!closed && starting.containsValue(handlers)) {
      forgive(handlers);
    }
  }

  /**
   * The box ends. Whoever does that from outside has nothing against its handlers; a handler that
   * calls {@code System.exit} waits inside of it until the box is closed, and is seen there.
   */
  @Override
  public synchronized void close() {
    if (!closed && !starting.isEmpty() && !endedFromInside()) {
      starting.values().forEach(this::forgive);
    }
    closed = true;
  }

  private static boolean endedFromInside() {
    return Thread.getAllStackTraces().values().stream()
        .anyMatch(
            stack -> {
              for (StackTraceElement frame : stack) {
                if (frame.getClassName().equals("java.lang.Runtime")
                    && frame.getMethodName().equals("exit")) {
                  return true;
                }
              }
              return false;
            });
  }

  private static Map<String, Mark> read(Path file) {
    Map<String, Mark> begun = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ");
        begun.put(words[0], new Mark(Integer.parseInt(words[1]), words[2]));
      }
    } catch (NoSuchFileException e) {
      return begun;
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read and is not used: {}", file, e.toString());
      begun.clear();
    }
    return begun;
  }

  private void write() {
    try {
      if (begun.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      StringBuilder text = new StringBuilder();
      begun.forEach(
          (name, mark) ->
              text.append(name)
                  .append(' ')
                  .append(mark.times())
                  .append(' ')
                  .append(mark.machineRun())
                  .append('\n'));
      PrivateFile.write(file, text.toString().getBytes(UTF_8));
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.toString());
    }
  }
}
