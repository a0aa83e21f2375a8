package iotbox.stock.display;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The screens of the desktop on which the box runs, as far as they are customers' displays. A box
 * that runs on none, as most do, has none, and looks no further.
 *
 * <p>Attributes: {@code identifier} (the connector, as Odoo's own boxes name a display), {@code
 * name}, {@code x_screen} (its number, as text), {@code width}, {@code height}. The native object
 * is a {@link DisplaySeat}.
 */
@ConnectionType("display")
public class DisplayInterface extends Interface {
  private final DisplayMeans means;
  private final Desktop desktop;
  private String unavailable = "";

  /**
   * Those of this machine.
   *
   * @param means also for the drivers
   */
  public DisplayInterface(DisplayMeans means) {
    this(means, Desktop.of(means.environment(), means.choice().asked()));
  }

  DisplayInterface(DisplayMeans means, Desktop desktop) {
    this.means = means;
    this.desktop = desktop;
  }

  /**
   * The screens.
   *
   * @throws IOException if a person asked for displays and none can be found, with what to do
   */
  @Override
  public Map<String, Device> getDevices() throws IOException, InterruptedException {
    Map<String, Device> devices = new LinkedHashMap<>();
    List<Screen> screens = screens();
    for (int i = 0; i < screens.size(); i++) {
      Screen screen = screens.get(i);
      if (means.choice().takes(screen.name())) {
        devices.put(screen.name(), describe(screen, i));
      }
    }
    return devices;
  }

  private List<Screen> screens() throws IOException, InterruptedException {
    if (!desktop.exists()) {
      if (means.choice().asked()) {
        throw new IOException(
            "A display was asked for, but the box runs on no desktop: neither WAYLAND_DISPLAY nor"
                + " DISPLAY is set. Start it from within one.");
      }
      return List.of();
    }
    try {
      List<Screen> screens = desktop.look();
      unavailable = "";
      return screens;
    } catch (IOException e) {
      if (means.choice().asked()) {
        throw e;
      }
      if (!unavailable.equals(e.getMessage())) {
        unavailable = e.getMessage();
        log().debug("No displays: {}", unavailable);
      }
      return List.of();
    }
  }

  private Device describe(Screen screen, int number) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("identifier", screen.name());
    attributes.put("name", "Display - " + screen.name());
    attributes.put("x_screen", String.valueOf(number));
    attributes.put("width", screen.width());
    attributes.put("height", screen.height());
    return Device.of(attributes, new DisplaySeat(desktop, means));
  }

  /** A desktop does not come to a process that has been started without one. */
  @Override
  public Duration loopDelay() {
    return desktop.exists() ? DEFAULT_LOOP_DELAY : Duration.ZERO;
  }
}
