package iotbox.box;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.odoo.DisplayUrls;
import iotbox.box.option.DisplayOptions;
import iotbox.stock.display.CustomerData;
import iotbox.stock.display.DisplayChoice;
import iotbox.stock.display.DisplayMeans;
import iotbox.stock.display.OdooWish;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What joins customers' displays with the other parts of the box. */
final class Displays {
  /** Where the page is that shows the state of the box to whoever stands before a display. */
  static final String STATUS_PAGE = "/homepage/display.html";

  /** Set wherever a person has logged in at a desktop. */
  private static final String DESKTOP = "XDG_CURRENT_DESKTOP";

  private final Foundation base;
  private final boolean opens;
  private final Supplier<String> statusPage;
  private final CustomerData data = new CustomerData();
  private volatile Supplier<DisplayUrls.Told> odoo = () -> null;

  /**
   * @param statusPage the address of that page, for browsers of this machine
   */
  Displays(Foundation base, Supplier<String> statusPage) {
    this.base = base;
    boolean desk =
        base.options().demo()
            || base.development()
            || !base.environment().getOrDefault(DESKTOP, "").isBlank();
    this.opens = base.options().displays().said() || !desk;
    this.statusPage = statusPage;
  }

  /** For the displays' interface and drivers. */
  DisplayMeans means(Settings settings, Supplier<BoxFacts> facts) {
    DisplayOptions options = base.options().displays();
    return new DisplayMeans(
        new DisplayChoice(options.names(), options.said() && options.any(), opens),
        options.any() ? base.environment() : Map.of(),
        base.data().resolve("displays"),
        settings,
        this::wish,
        facts,
        statusPage,
        data,
        base.threads().work());
  }

  /** From now on they show what this Odoo wants; till then nothing is known of it. */
  void follow(DisplayUrls told) {
    odoo = told::told;
  }

  private OdooWish wish() {
    DisplayUrls.Told told = odoo.get();
    return told == null ? null : new OdooWish(told.server(), told.urls());
  }

  /** Which of these devices are displays. */
  static List<String> among(List<DeviceStatus> devices) {
    return devices.stream()
        .filter(device -> device.open() && device.type().equals("display"))
        .map(DeviceStatus::identifier)
        .toList();
  }

  /** What customers see on a display, for the page there. */
  Object shown(String display) {
    return data.of(display);
  }
}
