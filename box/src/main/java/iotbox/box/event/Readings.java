package iotbox.box.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What each device told last, and the numbers that it told in the last minutes: for whoever comes
 * to look at it later. Subscribes to the {@link EventHub}; a device that tells nothing costs
 * nothing.
 *
 * <p>The lock {@code this} guards all of it; it is held for a few instructions, and nothing foreign
 * is called under it.
 */
public final class Readings implements Consumer<Event> {
  /** More devices than anybody has; those that have been silent longest go first. */
  private static final int MAX_DEVICES = 2_000;

  /** Of all devices together: less than four megabytes. */
  private static final int MAX_SAMPLES = 200_000;

  /** What is larger, such as a picture, is not kept. */
  private static final long MAX_BYTES = 2_000;

  private static final int MAX_UNIT = 20;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d{1,18}(?:\\.\\d{0,18})?|\\.\\d{1,18})(?:[eE][+-]?\\d{1,3})?");

  /** By identifier; in the order in which they told something last. */
  private final Map<String, Kept> devices = new LinkedHashMap<>(16, 0.75f, true);

  private int samples;

  /**
   * What a device told.
   *
   * @param time seconds since the epoch
   * @param value of JSON's types, or {@code null} if it is too large to be kept
   * @param unit {@code null} if it told none
   */
  public record Reading(double time, Object value, String unit) {}

  /**
   * A number that a device told.
   *
   * @param time seconds since the epoch
   */
  public record Sample(double time, double value) {}

  private static final class Kept {
    private Reading last;
    private SampleRing numbers;

    private int samples() {
      return numbers == null ? 0 : numbers.size();
    }
  }

  /** Takes an event that tells a value; on the publishing thread, and does not block. */
  @Override
  public void accept(Event event) {
    Reading reading = reading(event);
    if (reading != null) {
      keep(event.deviceIdentifier(), reading, number(reading.value()));
    }
  }

  /** What this event says of its device's value; {@code null} if it says nothing. */
  private static Reading reading(Event event) {
    Object value = event.data().get("value");
    if (value == null || "".equals(value)) {
      value = event.data().get("result");
    }
    if (value == null || "".equals(value)) {
      return null;
    }
    boolean large = EventSize.ofAnswer(value) > MAX_BYTES;
    String unit =
        event.data().get("unit") instanceof String told && told.length() <= MAX_UNIT ? told : null;
    return new Reading(event.time(), large ? null : value, unit);
  }

  private synchronized void keep(String identifier, Reading reading, Double number) {
    Kept device = devices.computeIfAbsent(identifier, name -> new Kept());
    if (device.last == null || device.last.time() < reading.time()) {
      device.last = reading; // Events of one moment may come in any order.
    }
    if (number != null) {
      if (device.numbers == null) {
        device.numbers = new SampleRing();
      }
      int before = device.samples();
      device.numbers.add(reading.time(), number);
      samples += device.samples() - before;
    }
    while (devices.size() > MAX_DEVICES || samples > MAX_SAMPLES && devices.size() > 1) {
      String silent = devices.keySet().iterator().next();
      samples -= devices.remove(silent).samples();
    }
  }

  /** What the device told last. */
  public synchronized Optional<Reading> last(String identifier) {
    return Optional.ofNullable(devices.get(identifier)).map(device -> device.last);
  }

  /** What devices told since then, and nothing of those that told nothing; by identifier. */
  public synchronized Map<String, Reading> since(double time) {
    Map<String, Reading> told = new LinkedHashMap<>();
    devices.forEach(
        (identifier, device) -> {
          if (device.last.time() > time) {
            told.put(identifier, device.last);
          }
        });
    return told;
  }

  /** The numbers that the device told in the last minutes, oldest first. */
  public synchronized List<Sample> samples(String identifier) {
    Kept device = devices.get(identifier);
    return device == null || device.numbers == null
        ? List.of()
        : new ArrayList<>(device.numbers.all());
  }

  /** The number that a value is, also one in a text; {@code null} if it is none. */
  public static Double number(Object value) {
    Double number = null;
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigDecimal
        || value instanceof BigInteger) { // And no class of a handler.
      number = ((Number) value).doubleValue();
    } else if (value instanceof String text && NUMBER.matcher(text.strip()).matches()) {
      number = Double.valueOf(text.strip());
    }
    return number == null || number.isNaN() || number.isInfinite() ? null : number;
  }
}
