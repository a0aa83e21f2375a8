package iotbox.stock.keyboard;

import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Parameter;
import iotbox.handler.Priority;
import iotbox.stock.barcode.Barcode;
import iotbox.stock.barcode.Barcode.TooLongException;
import iotbox.stock.input.DeviceGoneException;
import iotbox.stock.input.EventReader;
import iotbox.stock.input.InputDevice;
import iotbox.stock.input.InputEvent;
import iotbox.stock.keyboard.layout.Keys;
import iotbox.stock.keyboard.layout.Layout;
import iotbox.stock.keyboard.layout.Layouts;
import iotbox.stock.keyboard.layout.UnknownLayoutException;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;

/**
 * A keyboard, or a barcode scanner that types like one, at the USB. A keyboard publishes each
 * character, a scanner each barcode, as {@code value} and {@code result}. What a scanner types
 * comes to the box only; a keyboard goes on to write where it wrote before.
 *
 * <p>People correct what it is and which layout it has; both is kept for the device's identifier.
 *
 * <p>Other drivers for such a device are asked before this one.
 */
@ConnectionType("usb")
@Priority(-10)
public class KeyboardDriver extends Driver {
  private static final String IS_SCANNER = "is_scanner";
  private static final String LAYOUT = "layout";
  private static final String VARIANT = "variant";

  private final InputDevice input;
  private final Settings settings;

  /**
   * Replaced under {@code this}, which also guards that it is the one that the settings say; {@code
   * null} until {@link #run()} begins.
   */
  private volatile Keys keys;

  private volatile boolean scanner;
  private volatile EventReader reader;

  // Of the thread of run().
  private Barcode barcode = new Barcode();
  private boolean alone;
  private boolean lossy;

  /** For the box, and for those of other interfaces. */
  public KeyboardDriver(String identifier, Device device) {
    super(identifier, device);
    this.input = (InputDevice) device.get("input_device");
    this.settings =
        device.get("input_settings") instanceof Settings kept ? kept : Settings.passing();
    deviceName(input.name());
    deviceManufacturer(input.manufacturer() == null ? "" : input.manufacturer());
    deviceConnection("direct");
    boolean looks = input.looksLikeScanner();
    become(settings.of(identifier).get(IS_SCANNER) instanceof Boolean said ? said : looks);
    data().put("status", "success");
  }

  /** Whether an interface found keys to read at this device. */
  public static boolean supported(Device device) {
    return device.get("input_device") instanceof InputDevice;
  }

  /** Reads until the driver is stopped or the device is unplugged. */
  @Override
  public void run() throws IOException {
    useKeptLayout();
    try (EventReader opened = EventReader.open(input.paths())) {
      reader = opened;
      alone = false;
      while (!isStopped()) {
        become(opened);
        boolean mayEnd = alone && barcode.awaitsSilence();
        long begun = System.nanoTime();
        List<InputEvent> events = opened.read(mayEnd ? Barcode.SILENCE : null);
        become(opened); // Somebody may have said so while nothing was typed.
        // There are none either when it was woken, or when one has come in part.
        boolean silent = System.nanoTime() - begun >= Barcode.SILENCE.toNanos();
        if (events.isEmpty() && mayEnd && silent) {
          publish(barcode.silence());
        }
        for (InputEvent event : events) {
          take(event);
        }
      }
    } catch (DeviceGoneException e) {
      log().info("{} was unplugged", identifier());
    } catch (ClosedChannelException e) {
      // The driver is to end.
    }
  }

  @Override
  public void disconnect() throws IOException {
    if (reader != null) {
      reader.close();
    }
    synchronized (this) {
      if (keys != null) {
        keys.close();
      }
    }
  }

  /** Odoo's action without a name: tells that nothing was typed. */
  @Action("")
  public void forget() {
    synchronized (data()) {
      data().put("value", "");
      data().put("result", "");
    }
  }

  /**
   * Odoo's {@code update_layout}: {@code layout} and {@code variant} by xkb's names, or both in a
   * map {@code layout}. Without them it is that of the United States.
   *
   * @return the layout that it has now
   * @throws UnknownLayoutException if this system has none of that name; it keeps the one it has
   * @throws IOException if it cannot be kept; it has the one that it had
   */
  @Action("update_layout")
  @Parameter(
      name = LAYOUT,
      required = true,
      description = "the layout of its keys, by its short name: us, de, fr, be …")
  @Parameter(name = VARIANT, description = "such as nodeadkeys, mac or dvorak; mostly none")
  public String updateLayout(ActionData action) throws UnknownLayoutException, IOException {
    Map<?, ?> words = action.get(LAYOUT) instanceof Map<?, ?> both ? both : action.asMap();
    Layout layout = layout(words.get(LAYOUT), words.get(VARIANT));
    Keys others = Layouts.keys(layout);
    synchronized (this) {
      try {
        keep(LAYOUT, Map.of(LAYOUT, layout.name(), VARIANT, layout.variant()));
      } catch (IOException e) {
        others.close();
        throw e;
      }
      use(others);
    }
    log().info("{} has the layout {} now", identifier(), layout);
    return layout.toString();
  }

  /**
   * Odoo's {@code update_is_scanner}: what the device is, whatever it seems to be.
   *
   * @return its type now, {@code scanner} or {@code keyboard}
   * @throws IllegalArgumentException if it is neither said to be one nor not to be one
   * @throws IOException if it cannot be kept; it is what it was
   */
  @Action("update_is_scanner")
  @Parameter(
      name = IS_SCANNER,
      type = "boolean",
      required = true,
      description = "true: a scanner, which gives whole barcodes; false: a keyboard")
  public String updateIsScanner(ActionData action) throws IOException {
    String word = action.getString(IS_SCANNER);
    boolean said = "true".equals(word);
    if (!said && !"false".equals(word)) {
      throw new IllegalArgumentException("is_scanner must be true or false, not " + word);
    }
    keep(IS_SCANNER, said);
    become(said);
    if (reader != null) {
      reader.wake();
    }
    return deviceType();
  }

  private void become(boolean now) {
    scanner = now;
    deviceType(now ? "scanner" : "keyboard");
  }

  private synchronized void keep(String name, Object value) throws IOException {
    Map<String, Object> kept = settings.of(identifier());
    kept.put(name, value);
    settings.keep(identifier(), kept);
  }

  private synchronized void useKeptLayout() {
    try {
      Layout kept =
          settings.of(identifier()).get(LAYOUT) instanceof Map<?, ?> words
              ? layout(words.get(LAYOUT), words.get(VARIANT))
              : Layout.US;
      use(Layouts.keys(kept));
    } catch (UnknownLayoutException | IllegalArgumentException e) {
      log().warn("{}: {}; so it counts as us", identifier(), e.getMessage());
      useUs();
    }
  }

  private void useUs() {
    try {
      use(Layouts.keys(Layout.US));
    } catch (UnknownLayoutException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private synchronized void use(Keys others) {
    Keys former = keys;
    keys = others;
    if (former != null) {
      former.close();
    }
  }

  /** Odoo says {@code false} where there is none. */
  private static Layout layout(Object name, Object variant) {
    return new Layout(
        name instanceof String text && !text.isBlank() ? text.strip() : Layout.US.name(),
        variant instanceof String text ? text.strip() : "");
  }

  /** Does as it was said: a scanner's keys come here alone, a keyboard's to all. */
  private void become(EventReader opened) {
    if (alone == scanner) {
      return;
    }
    alone = !alone;
    barcode = new Barcode();
    try {
      opened.grab(alone);
    } catch (IOException e) {
      log()
          .warn(
              "{}: what it scans goes to other programs of this machine too, or to them only ({})",
              identifier(),
              e.getMessage());
    }
  }

  private void take(InputEvent event) {
    if (event.lossTold()) {
      log().warn("{} typed faster than it could be read, and some of it is lost", identifier());
      lossy = true;
      keys.letGo();
      barcode.spoil();
    } else if (lossy) {
      lossy = !event.complete();
    } else if (event.released()) {
      keys.release(event.code());
    } else if (event.pressed()) {
      String text = keys.press(event.code());
      if (alone) {
        scan(text, event.micros());
      } else {
        text.codePoints().forEach(character -> publish(Character.toString(character)));
      }
    }
  }

  private void scan(String text, long micros) {
    try {
      publish(barcode.type(text, micros));
    } catch (TooLongException e) {
      log().warn("{}: {}", identifier(), e.getMessage());
    }
  }

  private void publish(String value) {
    if (value != null) {
      synchronized (data()) {
        data().put("value", value);
        data().put("result", value);
        deviceChanged();
        // No event that follows, of an action for instance, is to look like another scan.
        forget();
      }
    }
  }
}
