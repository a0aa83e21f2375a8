package iotbox.box.device.choice;

import iotbox.box.device.status.Rule;
import iotbox.box.device.status.Rule.By;
import iotbox.box.device.status.Rule.Pin;
import iotbox.handler.Device;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What people decided about single devices: which driver has one (a pin), and which ones no driver
 * may be asked about. Options decide for good; what they leave open is decided on the page, and
 * kept.
 *
 * <p>The lock {@code this} keeps changes apart, and is held while their small file is written.
 * Reading takes none.
 */
public final class DriverRules {
  /** The attributes that name a port besides its identifier; see the serial interface. */
  public static final List<String> NAMES = List.of("path", "port", "by_path");

  private final Fixed options;
  private final Store store;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private volatile Decisions page = Decisions.NONE;
  private boolean read;

  /**
   * What options decide, by device: an identifier or any other name of a port.
   *
   * @param unprobed devices that drivers are not asked about
   */
  public record Fixed(Map<String, Pin> pins, Set<String> unprobed) {
    public static final Fixed NOTHING = new Fixed(Map.of(), Set.of());

    public Fixed {
      pins = Map.copyOf(pins);
      unprobed = Set.copyOf(unprobed);
    }
  }

  /**
   * What the page decides, by the device's identifier.
   *
   * @param pins device → class of its driver
   * @param unprobed devices that drivers are not asked about
   */
  public record Decisions(Map<String, String> pins, Set<String> unprobed) {
    public static final Decisions NONE = new Decisions(Map.of(), Set.of());

    public Decisions {
      pins = Map.copyOf(pins);
      unprobed = Set.copyOf(unprobed);
    }
  }

  /** Keeps the decisions of the page. */
  public interface Store {
    /** Those that were kept; none if that cannot be read. May read a small file. */
    Decisions read();

    /** Keeps these in place of all others. May write a small file. */
    void keep(Decisions decisions) throws IOException;
  }

  public DriverRules(Fixed options, Store store) {
    this.options = options;
    this.store = store;
  }

  /** No rules at all, and none that last. */
  public static DriverRules none() {
    return new DriverRules(
        Fixed.NOTHING,
        new Store() {
          @Override
          public Decisions read() {
            return Decisions.NONE;
          }

          @Override
          public void keep(Decisions decisions) {}
        });
  }

  /**
   * Takes up what was decided in earlier runs. Called before the first device is there; reads a
   * small file.
   */
  public synchronized void read() {
    if (!read) {
      read = true;
      page = store.read();
    }
  }

  /** From now on {@code listener} is told of each device whose rule the page has changed. */
  public void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** The rule for this device. */
  public Rule of(String identifier, Device device) {
    Decisions decided = page;
    String pin = decided.pins().get(identifier);
    boolean unprobed = decided.unprobed().contains(identifier);
    By unprobedBy = unprobed ? By.PAGE : null;
    Pin pinned = pin == null ? null : new Pin(pin, null);
    if (options.equals(Fixed.NOTHING)) {
      return pin == null && !unprobed ? Rule.NONE : new Rule(pinned, unprobedBy);
    }
    Pin fixed =
        names(identifier, device)
            .map(options.pins()::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new Rule(
        fixed == null ? pinned : fixed,
        names(identifier, device).anyMatch(options.unprobed()::contains) ? By.OPTION : unprobedBy);
  }

  /** The names under which a port is known to people. */
  private static Stream<String> names(String identifier, Device device) {
    return Stream.concat(
        Stream.of(identifier),
        NAMES.stream().map(device::get).filter(String.class::isInstance).map(String.class::cast));
  }

  /**
   * Gives the device to this driver, from now on and for good. Writes a small file.
   *
   * @param driver its class; {@code null} for whichever recognises it
   * @throws IOException if that cannot be kept; then nothing is changed
   */
  public void pin(String identifier, String driver) throws IOException {
    synchronized (this) {
      read(); // Whoever is so quick must not lose what was decided before.
      Map<String, String> pins = new LinkedHashMap<>(page.pins());
      if (driver == null) {
        pins.remove(identifier);
      } else {
        pins.put(identifier, driver);
      }
      change(new Decisions(pins, page.unprobed()));
    }
    listeners.forEach(listener -> listener.accept(identifier));
  }

  /**
   * Lets drivers be asked about the device, or not, from now on and for good. Writes a small file.
   *
   * @throws IOException if that cannot be kept; then nothing is changed
   */
  public void probe(String identifier, boolean allowed) throws IOException {
    synchronized (this) {
      read();
      Set<String> unprobed = new HashSet<>(page.unprobed());
      if (allowed) {
        unprobed.remove(identifier);
      } else {
        unprobed.add(identifier);
      }
      change(new Decisions(page.pins(), unprobed));
    }
    listeners.forEach(listener -> listener.accept(identifier));
  }

  private void change(Decisions next) throws IOException {
    if (!next.equals(page)) {
      store.keep(next);
      page = next;
    }
  }
}
