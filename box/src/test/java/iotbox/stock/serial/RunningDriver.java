package iotbox.stock.serial;

import static org.awaitility.Awaitility.await;

import iotbox.handler.Driver;

/** Runs a driver's loop as the box does, on a thread of its own. */
public final class RunningDriver implements AutoCloseable {
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
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether its loop goes on. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Disconnects as the box does. */
  @Override
  public void close() {
    host.stop();
    thread.interrupt();
    try {
      driver.disconnect();
    } catch (Exception e) {
      throw new AssertionError("disconnect failed", e);
    }
    await().until(() -> !thread.isAlive());
    if (end != null) {
      throw new AssertionError("The driver's loop failed", end);
    }
  }
}
