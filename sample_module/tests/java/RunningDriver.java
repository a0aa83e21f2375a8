import static org.awaitility.Awaitility.await;

import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.DriverHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs a driver as the box does, and remembers its events. */
final class RunningDriver implements DriverHost, AutoCloseable {
  private final Driver driver;
  private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile Exception failure;

  RunningDriver(Driver driver) {
    this.driver = driver;
    driver.attach(this);
    thread = new Thread(this::loop, "driver");
    thread.setDaemon(true);
    thread.start();
  }

  static Device device(BenchEmulator instrument, String model) {
    return Device.of(
        Map.of(
            "identifier", "bench_1",
            "host", "127.0.0.1",
            "port", instrument.port(),
            "maker", "Acme",
            "model", model,
            "serial", "1"));
  }

  Object act(String action, Object... namesAndValues) throws Exception {
    return act(driver, action, namesAndValues);
  }

  static Object act(Driver driver, String action, Object... namesAndValues) throws Exception {
    Map<String, Object> values = new LinkedHashMap<>(Map.of("action", action));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return driver.action(ActionData.of(values, "session"));
  }

  List<Map<String, Object>> events() {
    return events;
  }

  Map<String, Object> last() {
    return events.isEmpty() ? Map.of() : events.get(events.size() - 1);
  }

  /** Waits until the last event holds this. */
  void awaitLast(String key, Object value) {
    await().until(() -> value.equals(last().get(key)));
  }

  /** Waits until the last event's status is this word. */
  Map<?, ?> awaitStatus(String word) {
    await().until(() -> last().get("status") instanceof Map<?, ?> s && word.equals(s.get("status")));
    return (Map<?, ?>) last().get("status");
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  @Override
  public void deviceChanged(Map<String, Object> data) {
    events.add(data);
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      driver.disconnect();
    } catch (Exception e) {
      throw new AssertionError("disconnect failed", e);
    }
    await().until(() -> !thread.isAlive());
    if (failure != null) {
      throw new AssertionError("run failed", failure);
    }
  }

  private void loop() {
    try {
      driver.run();
    } catch (InterruptedException e) {
      // This is how a loop ends.
    } catch (Exception e) {
      failure = e;
    }
  }
}
