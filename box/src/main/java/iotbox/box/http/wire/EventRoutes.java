package iotbox.box.http.wire;

import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.event.Listener;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The long poll: {@code /hw_drivers/event} and {@code /iot_drivers/event}. */
public final class EventRoutes {
  /** Several times the devices that a box can have. */
  static final int MAX_DEVICES = 10_000;

  private final EventHub events;
  private final Supplier<String> boxIdentifier;
  private final Duration patience;

  public EventRoutes(EventHub events, Supplier<String> boxIdentifier, Duration patience) {
    this.events = events;
    this.boxIdentifier = boxIdentifier;
    this.patience = patience;
  }

  public CompletableFuture<?> poll(Params params) throws RpcException {
    params.require("listener");
    Params asking = new Params(params.object("listener"));
    Listener listener =
        new Listener(asking.text("session_id"), devices(asking.get("devices")), lastEvent(asking));
    // Cancelling the answer must withdraw the poll, and a dependent future does not pass that on.
    CompletableFuture<Optional<Event>> poll = events.poll(listener, patience);
    CompletableFuture<Object> answer =
        poll.thenApply(
            event -> event.<Object>map(e -> result(e, listener)).orElse(JsonRpc.NOTHING));
    answer.whenComplete((value, failure) -> poll.cancel(false));
    return answer;
  }

  private Map<String, Object> result(Event event, Listener listener) {
    Map<String, Object> result = EventAnswer.of(event, listener, boxIdentifier.get());
    // The listener's own, not that of whoever caused it: clients drop what is not theirs.
    result.put("session_id", listener.sessionId());
    return result;
  }

  private static double lastEvent(Params asking) throws RpcException {
    Object last = asking.get("last_event");
    if (last == null) {
      return 0;
    }
    if (last instanceof Number seconds) {
      return seconds.doubleValue();
    }
    throw RpcException.invalid("listener.last_event", "a number of seconds");
  }

  /** A map by identifier, or a list of identifiers or of what the map's values are. */
  private static Set<String> devices(Object devices) throws RpcException {
    if (devices == null) {
      throw RpcException.missing(List.of("listener.devices"));
    }
    if (devices instanceof Map<?, ?> map && map.size() > MAX_DEVICES
        || devices instanceof Collection<?> list && list.size() > MAX_DEVICES) {
      throw RpcException.invalid("listener.devices", "of at most " + MAX_DEVICES + " devices");
    }
    Set<String> names = new LinkedHashSet<>();
    if (devices instanceof Map<?, ?> map) {
      map.keySet().forEach(name -> names.add(name.toString()));
      return names;
    }
    if (devices instanceof Collection<?> list) {
      for (Object item : list) {
        Object name = item instanceof Map<?, ?> map ? map.get("device_identifier") : item;
        if (!(name instanceof String identifier)) {
          throw RpcException.invalid("listener.devices", "a list of identifiers");
        }
        names.add(identifier);
      }
      return names;
    }
    throw RpcException.invalid("listener.devices", "a map by identifier or a list");
  }
}
