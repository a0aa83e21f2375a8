package iotbox.stock.input;

import iotbox.stock.setting.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyboards and scanners that interfaces offer, and what is known of them besides. Safe for all
 * threads.
 *
 * <p>Attributes that they have among others: {@code input_device}, the {@link InputDevice}; {@code
 * input_settings}, the {@link Settings} of all of them, by their identifiers; {@code input}, a text
 * that is another one whenever their event files are others.
 */
public final class Inputs {
  private static final Logger LOG = LoggerFactory.getLogger(Inputs.class);

  private final Supplier<List<InputDevice>> devices;
  private final Settings settings;
  private final BooleanSupplier keyboardsToo;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * These devices.
   *
   * @param keyboardsToo whether what is typed at this machine's keyboards may be read; if not, only
   *     scanners are offered; asked at each look as long as there are keyboards
   */
  public Inputs(
      Supplier<List<InputDevice>> devices, Settings settings, BooleanSupplier keyboardsToo) {
    this.devices = devices;
    this.settings = settings;
    this.keyboardsToo = keyboardsToo;
  }

  /** No keyboards and scanners. */
  public static Inputs none() {
    return new Inputs(List::of, Settings.passing(), () -> false);
  }

  /** Those that are plugged in now. */
  public List<InputDevice> list() {
    return devices.get();
  }

  /** What an interface adds to the attributes of this device; nothing if it is not to be read. */
  public Map<String, Object> attributes(String identifier, InputDevice device) {
    boolean scanner =
        settings.of(identifier).getOrDefault("is_scanner", device.looksLikeScanner())
            == Boolean.TRUE;
    if (!scanner && !keyboardsToo.getAsBoolean()) {
      if (told.add(identifier)) {
        LOG.info(
            "{} is left alone, as somebody works at this machine. To have Odoo get what is typed"
                + " there, say --input-devices /dev/input",
            device.name());
      }
      return Map.of();
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("input", device.kernelNames());
    attributes.put("input_device", device);
    attributes.put("input_settings", settings);
    return attributes;
  }
}
