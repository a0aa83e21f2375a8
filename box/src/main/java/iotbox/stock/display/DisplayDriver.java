package iotbox.stock.display;

import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Parameter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A screen for customers, with the actions that Odoo's clients of 16 to 19 send. It shows the page
 * that an action or Odoo asked for last, and without one the state of the box, on screens on which
 * it may appear without being asked for.
 *
 * <p>An action that is remembered over a restart answers a sentence if this time it is not.
 *
 * <p>Its {@code value} is the site whose page is shown; empty for the state of the box, or nothing.
 */
@ConnectionType("display")
public class DisplayDriver extends Driver {
  private static final String POS = "pos_id";
  private static final String TOKEN = "access_token";

  private final Desktop desktop;
  private final DisplayMeans means;
  private final Chromium chromium;
  private final WantedPage wanted;
  private final Kiosk kiosk;

  /** A display. */
  public static boolean supported(Device device) {
    return device.nativeObject() instanceof DisplaySeat;
  }

  public DisplayDriver(String identifier, Device device) {
    super(identifier, device);
    DisplaySeat seat = (DisplaySeat) device.nativeObject();
    desktop = seat.desktop();
    means = seat.means();
    chromium = new Chromium(means.environment().get("PATH"));
    wanted = new WantedPage(means.settings(), identifier, means.odoo());
    kiosk =
        new Kiosk(
            desktop,
            chromium,
            means.folder(),
            identifier,
            means.readers(),
            Pulse.Patience.USUAL,
            log());
    deviceType("display");
    deviceConnection("hdmi");
    deviceName(device.getString("name"));
  }

  @Override
  public void run() throws InterruptedException {
    try {
      turnAsBefore();
      Map<String, Object> told = Map.of();
      while (!isStopped()) {
        String url = wanted.url().orElse(null);
        kiosk.tend(target(url), desktop.screen(identifier()).orElse(null));
        Map<String, Object> state = state(url);
        if (!state.equals(told)) {
          told = state;
          data().putAll(state);
          deviceChanged();
        }
        kiosk.await();
      }
    } finally {
      kiosk.close();
    }
  }

  @Override
  public void disconnect() throws InterruptedException {
    kiosk.abandon();
  }

  private Target target(String url) {
    if (url != null) {
      return Target.of(url);
    }
    return means.choice().opens() ? new Target(statusPage(), false) : null;
  }

  private String statusPage() {
    return means.statusPage().get()
        + "?display="
        + URLEncoder.encode(identifier(), StandardCharsets.UTF_8);
  }

  private Map<String, Object> state(String url) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("value", kiosk.shows() && url != null ? PageAddress.site(url) : "");
    state.put("status", DisplayStatus.of(kiosk.trouble()));
    return state;
  }

  private void turnAsBefore() throws InterruptedException {
    String before = wanted.orientation().orElse(null);
    if (before != null) {
      try {
        desktop.rotate(identifier(), Orientation.of(before));
      } catch (IOException | IllegalArgumentException | IllegalStateException e) {
        log().warn("{} is not turned as it was: {}", identifier(), e.getMessage());
      }
    }
  }

  /** Shows a page; without an address, what Odoo has for this display, or the state of the box. */
  @Action("update_url")
  @Parameter(
      name = "url",
      description = "address of the page; empty for what Odoo has for this display")
  public String updateUrl(ActionData action) throws IOException {
    String url = text(action, "url");
    if (url.isEmpty()) {
      wanted.forget();
      kiosk.wake();
    } else {
      show(PageAddress.checked(url));
    }
    return wanted.loss();
  }

  /** Loads the page again. */
  @Action("display_refresh")
  public void refresh() {
    kiosk.reload();
  }

  /** Shows the page of a point of sale on which customers order, upright. */
  @Action("open_kiosk")
  @Parameter(name = POS, required = true, description = "number of the point of sale")
  @Parameter(name = TOKEN, required = true, description = "its access token")
  public String openKiosk(ActionData action) throws IOException, InterruptedException {
    show(PageAddress.kiosk(server(), required(action, POS), required(action, TOKEN)));
    try {
      turn(Orientation.RIGHT);
    } catch (IOException e) {
      log().warn("{} shows the kiosk, but is not turned: {}", identifier(), e.getMessage());
    }
    return wanted.loss();
  }

  /** Shows the page of a point of sale for customers. */
  @Action("open")
  @Parameter(name = POS, required = true, description = "number of the point of sale")
  @Parameter(name = TOKEN, required = true, description = "its access token")
  public String open(ActionData action) throws IOException {
    show(PageAddress.customerDisplay(server(), required(action, POS), required(action, TOKEN)));
    return wanted.loss();
  }

  /** Goes back to what Odoo has for this display, or the state of the box, as it was turned. */
  @Action("close")
  public String closePage() throws InterruptedException {
    boolean turned = wanted.orientation().isPresent();
    wanted.forget();
    kiosk.wake();
    if (turned) {
      try {
        desktop.rotate(identifier(), Orientation.NORMAL);
      } catch (IOException e) {
        log().warn("{} is not turned back: {}", identifier(), e.getMessage());
      }
    }
    return wanted.loss();
  }

  /** Turns the picture. */
  @Action("rotate_screen")
  @Parameter(
      name = "orientation",
      choices = {"normal", "inverted", "left", "right"},
      description = "how the picture is turned; normal if not said")
  public String rotate(ActionData action) throws IOException, InterruptedException {
    String orientation = text(action, "orientation");
    turn(orientation.isEmpty() ? Orientation.NORMAL : Orientation.of(orientation));
    return wanted.loss();
  }

  /** Takes what the page on this display shows, which asks the box for it. */
  @Action("set")
  @Parameter(name = "data", description = "what the page for customers shows")
  public void set(ActionData action) {
    Object given = action.get("data");
    if (given != null) {
      means.data().put(identifier(), given);
      data().put("customer_display_data", given);
    }
  }

  private void turn(Orientation orientation) throws IOException, InterruptedException {
    desktop.rotate(identifier(), orientation);
    wanted.turned(orientation);
    kiosk.wake();
  }

  private void show(String url) throws IOException {
    chromium.program(); // Said to whoever asks, and not to the log only.
    wanted.ask(url, means.facts().get().odooUrl());
    kiosk.wake();
  }

  private String server() {
    String server = means.facts().get().odooUrl();
    if (server == null) {
      throw new IllegalStateException(
          "The box is not paired with an Odoo whose page it could show; pair it first.");
    }
    return server;
  }

  private static String required(ActionData action, String name) {
    String value = text(action, name);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "The display's page cannot be opened without " + name + ".");
    }
    return value;
  }

  /** Odoo's clients send {@code false} for what is empty. */
  private static String text(ActionData action, String name) {
    Object value = action.get(name);
    return value == null || Boolean.FALSE.equals(value) ? "" : Objects.toString(value).strip();
  }
}
