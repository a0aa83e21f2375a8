package iotbox.box.systemd;

import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the box stands. If the unit has a watchdog, a sign of life is sent four times
 * in its time, and only after {@link Liveness} was asked: when none came for that time, systemd
 * ends the box and starts it again.
 *
 * <p>All is told on a thread of its own. The public methods may be called on any thread.
 */
public final class Systemd implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);

  /** Looked at so often for changes without a watchdog. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final long END_MILLIS = 300;

  private final String socketName;
  private final boolean watched;
  private final Duration pause;
  private final ScheduledExecutorService thread;

  // Used on the thread only.
  private NotifySocket socket;
  private String told = "";
  private boolean well = true;

  private Systemd(String socketName, Duration watchdog, BoxThreads threads) {
    this.socketName = socketName;
    this.watched = watchdog != null;
    Duration quarter = watched ? watchdog.dividedBy(4) : USUAL;
    this.pause = quarter.compareTo(SHORTEST) < 0 ? SHORTEST : quarter;
    this.thread = threads.single("systemd");
  }

  /**
   * Who started this process, if it was systemd; it says so in the environment.
   *
   * @param environment of this process
   */
  public static Optional<Systemd> of(Map<String, String> environment, BoxThreads threads) {
    String socket = environment.get("NOTIFY_SOCKET");
    return socket == null || socket.isEmpty()
        ? Optional.empty()
        : Optional.of(new Systemd(socket, watchdog(environment), threads));
  }

  /**
   * Whether systemd has started this very process, and so starts it again, as the unit that comes
   * with the box has it do. {@code INVOCATION_ID} alone says nothing: a terminal of the desktop has
   * it from its own unit and hands it on.
   *
   * @param environment of this process
   */
  public static boolean bringsBack(Map<String, String> environment) {
    String socket = environment.get("NOTIFY_SOCKET");
    return socket != null && !socket.isEmpty()
        || Long.toString(ProcessHandle.current().pid()).equals(environment.get("SYSTEMD_EXEC_PID"));
  }

  /** Within which a sign of life is wanted, or {@code null}. */
  static Duration watchdog(Map<String, String> environment) {
    String micros = environment.get("WATCHDOG_USEC");
    String process = environment.get("WATCHDOG_PID");
    // A parent may have left it in the environment of its children.
    boolean other =
        process != null && !process.equals(Long.toString(ProcessHandle.current().pid()));
    if (micros == null || other) {
      return null;
    }
    try {
      long value = Long.parseLong(micros);
      return value > 0 ? Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(value)) : null;
    } catch (NumberFormatException e) {
      LOG.warn("WATCHDOG_USEC must be a number of microseconds, not \"{}\"", micros);
      return null;
    }
  }

  /**
   * The box serves; from now on systemd hears how it stands.
   *
   * @param status one line for people; asked on the thread, where it may not hang for long
   */
  public void ready(Supplier<String> status, Liveness liveness) {
    thread.execute(
        () -> {
          try {
            socket = new NotifySocket(socketName);
            told = status.get();
            socket.send("READY=1\nSTATUS=" + told + "\n");
            thread.scheduleWithFixedDelay(
                () -> beat(status, liveness), 0, pause.toNanos(), TimeUnit.NANOSECONDS);
          } catch (IOException | LinkageError e) {
            LOG.error(
                "systemd cannot be told that the box serves and will end it; use Type=exec without"
                    + " WatchdogSec in its unit: {}",
                e.toString());
          }
        });
  }

  private void beat(Supplier<String> status, Liveness liveness) {
    try {
      Optional<String> trouble = watched ? liveness.trouble(pause) : Optional.empty();
      String line = trouble.map(what -> "Not well: " + what).orElseGet(status);
      if (trouble.isPresent() && well) {
        LOG.error(
            "The box is not well: {}. If that lasts, systemd starts it again.", trouble.get());
      }
      well = trouble.isEmpty();
      StringBuilder message = new StringBuilder();
      if (watched && well) {
        message.append("WATCHDOG=1\n");
      }
      if (!line.equals(told)) {
        message.append("STATUS=").append(line).append('\n');
      }
      if (message.length() > 0) {
        socket.send(message.toString());
        told = line;
      }
    } catch (IOException e) {
      LOG.warn("systemd did not take how the box stands: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The box's state could not be found out", e);
    }
  }

  /** The box ends. Blocks for a third of a second at the longest. */
  @Override
  public void close() {
    try {
      thread.execute(this::stopping);
      thread.shutdown();
      if (!thread.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed already");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopping() {
    if (socket != null) {
      try {
        socket.send("STOPPING=1\nSTATUS=Ending\n");
      } catch (IOException e) {
        LOG.debug("systemd did not take it", e);
      }
      socket.close();
      socket = null;
    }
  }
}
