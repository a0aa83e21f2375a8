package iotbox.stock;

import static org.awaitility.Awaitility.await;

import iotbox.handler.DriverHost;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to a driver and remembers its events. */
public final class RecordingHost implements DriverHost {
  private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  @Override
  public void deviceChanged(Map<String, Object> data) {
    events.add(data);
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  /** All up to now. */
  public List<Map<String, Object>> events() {
    return events;
  }

  /** The last one; empty before the first. */
  public Map<String, Object> last() {
    return events.isEmpty() ? Map.of() : events.get(events.size() - 1);
  }

  /** Waits until the last event's status is this word. */
  public void awaitStatus(String word) {
    await().until(() -> lastStatus().get("status"), word::equals);
  }

  /** The status in it. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> lastStatus() {
    return (Map<String, Object>) last().getOrDefault("status", Map.of());
  }
}
