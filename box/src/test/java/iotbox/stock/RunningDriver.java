package iotbox.stock;

import static org.awaitility.Awaitility.await;

import iotbox.handler.Driver;
import java.time.Duration;

/** Runs a driver's loop as the box does, on a thread of its own. */
public final class RunningDriver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Driver driver;
  private final Thread thread;
  public final RecordingHost host = new RecordingHost();
  private volatile Exception end;

  /** Starts it. */
  public RunningDriver(Driver driver) {
    this.driver = driver;
    driver.attach(host);
    thread =
        new Thread(
            () -> {
              try {
                driver.run();
              } catch (Exception e) {
                end = e;
              }
            },
            "loop of " + driver.identifier());
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether its loop goes on. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Ends the loop, then disconnects, as the box does. */
  @Override
  public void close() {
    host.stop();
    thread.interrupt();
    await("the end of the loop").atMost(PATIENCE).until(() -> !thread.isAlive());
    try {
      driver.disconnect();
    } catch (Exception e) {
      throw new AssertionError("disconnect failed", e);
    }
    if (end != null) {
      throw new AssertionError("The driver's loop failed", end);
    }
  }
}
