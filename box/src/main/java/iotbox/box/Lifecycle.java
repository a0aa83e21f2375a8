package iotbox.box;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, and its end: in reverse order, and in time whatever the parts do. The end may
 * come while the box still starts: nothing is started any more then.
 *
 * <p>One lock, {@code started}, guards what was started and whether it ends; nothing is closed
 * under it.
 */
final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** What a process ends with that SIGTERM has ended. */
  private static final int TERMINATED = 143;

  /**
   * More than all parts need in the worst case. What is still at work then is not the box's: a
   * shutdown hook of a handler, say.
   */
  private static final Duration END_PATIENCE = Duration.ofMillis(4_000);

  /** The latest first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private boolean ending;

  /** From now on the parts are closed when the process is told to end. */
  void endWithTheProcess() {
    Thread deadline = new Thread(Lifecycle::endAnyhow, "deadline");
    deadline.setDaemon(true);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  deadline.start();
                  close();
                },
                "shutdown"));
  }

  private static void endAnyhow() {
    try {
      Thread.sleep(END_PATIENCE.toMillis());
      LOG.warn("Not everything ended within {}; the box ends without", END_PATIENCE);
    } catch (InterruptedException e) {
      LOG.debug("Nobody interrupts this thread");
    } finally {
      Runtime.getRuntime().halt(TERMINATED);
    }
  }

  /**
   * Has the part closed in the end, before those that were started earlier.
   *
   * @throws IllegalStateException if the end has begun; the part is closed then, and whoever starts
   *     the box gives up
   */
  <T extends AutoCloseable> T started(T part) {
    synchronized (started) {
      if (!ending) {
        started.push(part);
        return part;
      }
    }
    close(part);
    throw new IllegalStateException("The box ends before it has started");
  }

  /** Whether the end has begun. */
  boolean isEnding() {
    synchronized (started) {
      return ending;
    }
  }

  /**
   * Ends everything, the latest first; each part bounds its own time. Held polls are answered at
   * once, then nobody from outside is heard any more, then devices are disconnected.
   */
  @Override
  public void close() {
    while (true) {
      AutoCloseable part;
      synchronized (started) {
        ending = true;
        if (started.isEmpty()) {
          return;
        }
        part = started.pop();
      }
      close(part);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} did not close well: {}", part.getClass().getSimpleName(), e.toString());
    }
  }
}
