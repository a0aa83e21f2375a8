package iotbox.box;

import iotbox.box.odoo.PrivateFile;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
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
 * <p>The methods read and write one small file. One lock guards the rest and is held meanwhile.
 */
final class StartGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartGuard.class);

  /** How often handlers may end the box. */
  static final int CHANCES = 2;

  private static final Duration WELL = Duration.ofSeconds(20);
  private static final String FILE = "starting";

  private final Path file;
  private final BoxThreads threads;
  private final Duration well;

  // Guarded by this.
  private final Map<String, Integer> begun;
  private String starting;
  private boolean closed;

  StartGuard(Path dataFolder, BoxThreads threads) {
    this(dataFolder, threads, WELL);
  }

  /**
   * @param well after this long nobody blames the handlers for what ends the box
   */
  StartGuard(Path dataFolder, BoxThreads threads, Duration well) {
    this.file = dataFolder.resolve(FILE);
    this.threads = threads;
    this.well = well;
    this.begun = read(file);
  }

  /** A name for handlers by their content. */
  static String name(byte[] archive) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Whether these handlers may be started. */
  synchronized boolean admits(String handlers) {
    return handlers.equals(starting) || begun.getOrDefault(handlers, 0) < CHANCES;
  }

  /** These handlers are started now, in the place of those before. */
  synchronized void begins(String handlers) {
    if (closed || handlers.equals(starting)) {
      return;
    }
    if (starting != null) {
      begun.remove(starting); // It has not ended the box, and is not there to do it any more.
    }
    starting = handlers;
    begun.merge(handlers, 1, Integer::sum);
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
    if (!closed && handlers.equals(starting)) {
      forgive(handlers);
    }
  }

  /**
   * The box ends. Whoever does that from outside has nothing against its handlers; a handler that
   * calls {@code System.exit} waits inside of it until the box is closed, and is seen there.
   */
  @Override
  public synchronized void close() {
    if (!closed && starting != null && !endedFromInside()) {
      forgive(starting);
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

  private static Map<String, Integer> read(Path file) {
    Map<String, Integer> begun = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ");
        begun.put(words[0], Integer.parseInt(words[1]));
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
      begun.forEach((name, count) -> text.append(name).append(' ').append(count).append('\n'));
      PrivateFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.toString());
    }
  }
}
