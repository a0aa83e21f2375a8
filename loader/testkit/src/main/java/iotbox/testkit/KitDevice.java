package iotbox.testkit;

import iotbox.box.device.open.ActionResult;
import iotbox.box.device.status.DeviceStatus;
import iotbox.handler.ActionData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A device as those see it who use it: Odoo and browsers. For the thread of the test.
 *
 * <p>Events are read one after the other: each {@code await…} goes on behind the event that the one
 * before has found, so none is missed that came a moment too early, and none is found twice.
 */
public final class KitDevice {
  private static final String SESSION = "testkit";

  private final HandlerKit kit;
  private final TestBox box;
  private final String identifier;
  private final EventLog.Reader events;

  KitDevice(HandlerKit kit, TestBox box, String identifier) {
    this.kit = kit;
    this.box = box;
    this.identifier = identifier;
    this.events = box.events.new Reader(event -> event.device().equals(identifier));
  }

  /** The name under which it was plugged in. */
  public String identifier() {
    return identifier;
  }

  /**
   * What the box's status says of it.
   *
   * @throws AssertionError if it is not there
   */
  public DeviceStatus status() {
    return box.devices().stream()
        .filter(device -> device.identifier().equals(identifier))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(identifier + " is not there; there are " + identifiers()));
  }

  private List<String> identifiers() {
    return box.devices().stream().map(DeviceStatus::identifier).toList();
  }

  /** Whether it is there, with a driver or without. */
  public boolean isPresent() {
    return identifiers().contains(identifier);
  }

  /** The class of the driver that has it; {@code null} if none has. */
  public String driver() {
    return status().driver();
  }

  /** Odoo's device type, as the driver set it. */
  public String type() {
    return status().type();
  }

  /** The name that people see. */
  public String name() {
    return status().name();
  }

  /** The word of its state: {@code connected unsupported failed stalled quarantined} …. */
  public String state() {
    return status().state().word();
  }

  /**
   * What is wrong with it, as people read it, such as which drivers were asked and declined; {@code
   * null} if all is well.
   */
  public String detail() {
    return status().detail();
  }

  /** Waits until its state is this one. */
  public KitDevice awaitState(String word) {
    kit.await(
        () -> isPresent() && state().equals(word),
        () -> identifier + " did not come into the state \"" + word + "\"\n" + told());
    return this;
  }

  /**
   * Has an action carried out, and answers its result.
   *
   * @throws ActionFailed if it fails, with the message that whoever sends it reads
   */
  public Object act(String action) {
    return act(action, Map.of());
  }

  /**
   * Has an action carried out, and answers its result: what the method returned, or else what
   * {@code data} holds under {@code result}.
   *
   * @param parameters JSON's types, as a browser sends them
   * @throws ActionFailed if it fails, with the message that whoever sends it reads
   */
  public Object act(String action, Map<String, ?> parameters) {
    try {
      return start(action, parameters).get(kit.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ActionFailed failed) {
        // Anew, so that the trace tells where the test sent it.
        throw new ActionFailed(failed.getMessage());
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(
          "\""
              + action
              + "\" has not ended within "
              + kit.patience().toSeconds()
              + " s; to let its deadline pass, start(…) it and advance(…)\n"
              + told());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  /**
   * Sends an action and does not wait for it. The future has its result or fails with {@link
   * ActionFailed}.
   */
  public CompletableFuture<Object> start(String action, Map<String, ?> parameters) {
    Map<String, Object> data = new LinkedHashMap<>(parameters);
    data.put("action", action);
    return box.act(identifier, ActionData.of(data, SESSION)).thenApply(this::result);
  }

  private Object result(ActionResult answer) {
    return switch (answer.status()) {
      case SUCCESS -> answer.result();
      case DISCONNECTED -> throw new ActionFailed(identifier + " is not connected");
      case DUPLICATE -> throw new ActionFailed("This action_unique_id was there before");
      case ERROR -> throw new ActionFailed(String.valueOf(answer.result()));
    };
  }

  /** All its events up to now. */
  public List<DeviceEvent> events() {
    return events.all().toList();
  }

  /**
   * Its last event up to now. After {@link #act} that is the one which tells of the action, unless
   * the driver's loop has told something since.
   *
   * @throws AssertionError if there was none
   */
  public DeviceEvent last() {
    return events
        .all()
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new AssertionError("There was no event of " + identifier));
  }

  /**
   * Waits for the next event that fits.
   *
   * @throws AssertionError if none comes; tells what came instead
   */
  public DeviceEvent awaitEvent(Predicate<DeviceEvent> fits) {
    return awaitEvent("that fits", fits);
  }

  /** Waits for the next event whose {@code value} is this one; 1 and 1.0 are the same. */
  public DeviceEvent awaitValue(Object value) {
    return awaitEvent("with the value " + value, event -> same(value, event.value()));
  }

  /** Waits for the next event whose status is this word. */
  public DeviceEvent awaitStatus(String word) {
    return awaitEvent("with the status \"" + word + "\"", event -> word.equals(event.status()));
  }

  private DeviceEvent awaitEvent(String which, Predicate<DeviceEvent> fits) {
    DeviceEvent event = events.await(fits, kit.patience());
    if (event == null) {
      throw new AssertionError(
          "No event of "
              + identifier
              + " came "
              + which
              + " (waited "
              + kit.patience().toSeconds()
              + " s)\n"
              + told());
    }
    return event;
  }

  private static boolean same(Object one, Object other) {
    return one instanceof Number number && other instanceof Number another
        ? Double.compare(number.doubleValue(), another.doubleValue()) == 0
        : Objects.equals(one, other);
  }

  /** Pulls it out; comes back when its driver has been told. */
  public void unplug() {
    kit.unplug(identifier);
  }

  /** What there is to tell when something did not come. */
  private String told() {
    StringBuilder told = new StringBuilder();
    if (isPresent()) {
      DeviceStatus status = status();
      told.append("  the device is ").append(status.state().word());
      told.append(", driver ").append(status.driver());
      if (status.detail() != null) {
        told.append(": ").append(status.detail());
      }
    } else {
      told.append("  the device is not there");
    }
    List<DeviceEvent> unseen = events.unseen();
    told.append("\n  events that came instead:");
    if (unseen.isEmpty()) {
      told.append(" none");
    }
    unseen.forEach(event -> told.append("\n    ").append(event.data()));
    kit.lines().forEach(line -> told.append('\n').append(line.told()));
    return told.toString();
  }
}
