package iotbox.box.dev;

import iotbox.box.dev.Screen.Tone;
import iotbox.box.device.TouchedDevices.Change;
import iotbox.box.device.TouchedDevices.Touched;
import iotbox.box.device.status.ActionForm;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.device.status.DeviceStatus.State;
import iotbox.box.reload.Reload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What becomes of devices: which driver has them, what is wrong, what a reload did to them, and how
 * to act on them. For one thread at a time.
 */
final class DeviceLines {
  private static final String ABOUT = "device";

  private final Screen screen;
  private final UnaryOperator<String> names;
  private final String url;
  private final Set<String> explained = new HashSet<>();
  private final Map<String, Reload> reopenedBy = new HashMap<>();
  private Map<String, DeviceStatus> known = Map.of();

  /**
   * @param names what people call a device with this identifier
   * @param url of the box
   */
  DeviceLines(Screen screen, UnaryOperator<String> names, String url) {
    this.screen = screen;
    this.names = names;
    this.url = url;
  }

  /**
   * @param reloads the last ones, newest first
   */
  void show(List<DeviceStatus> status, List<Reload> reloads) {
    Map<String, DeviceStatus> now = new LinkedHashMap<>();
    status.forEach(device -> now.put(device.identifier(), device));
    for (DeviceStatus device : status) {
      boolean reopened = device.state() == State.CONNECTED && isReopened(device, reloads);
      if (reopened || isNews(known.get(device.identifier()), device)) {
        show(device, reopened);
      }
      explain(device);
    }
    known.keySet().stream()
        .filter(identifier -> !now.containsKey(identifier))
        .forEach(
            identifier -> screen.happened(Tone.PLAIN, ABOUT, names.apply(identifier) + ": gone"));
    known = now;
  }

  private static boolean isNews(DeviceStatus before, DeviceStatus now) {
    return now.state() != State.DETECTED
        && (before == null
            || before.state() != now.state()
            || !Objects.equals(before.driver(), now.driver())
            || !Objects.equals(before.detail(), now.detail()));
  }

  private void show(DeviceStatus now, boolean reopened) {
    if (now.state() == State.CONNECTED) {
      String what = reopened ? ": reopened by " : ": opened by ";
      screen.happened(Tone.GOOD, ABOUT, names.apply(now.identifier()) + what + now.driver());
    } else {
      String detail = now.detail() == null ? "" : ". " + now.detail();
      screen.happened(
          now.state() == State.UNSUPPORTED ? Tone.PLAIN : Tone.BAD,
          ABOUT,
          names.apply(now.identifier()) + ": " + now.state().word() + detail);
    }
  }

  /**
   * Whether the last reload that closed it and had it opened again was not told of: mostly that is
   * so quick that it looks as before.
   */
  private boolean isReopened(DeviceStatus device, List<Reload> reloads) {
    Touched reopened = new Touched(device.identifier(), Change.REOPENED);
    return reloads.stream()
        .filter(reload -> reload.devices().list().contains(reopened))
        .findFirst()
        .map(reload -> reopenedBy.put(device.identifier(), reload) != reload)
        .orElse(false);
  }

  /** Once for each driver of a device. */
  private void explain(DeviceStatus device) {
    if (device.driver() == null
        || device.actionForms().isEmpty()
        || !explained.add(device.identifier() + " " + device.driver())) {
      return;
    }
    screen.happened(
        Tone.FAINT,
        "try",
        String.join(", ", device.actionForms().stream().map(ActionForm::name).toList()));
    screen.whole(Tone.FAINT, Curl.line(url, device.identifier(), example(device.actionForms())));
  }

  /** One that is the driver's own rather than one that every driver of its kind has. */
  private static ActionForm example(List<ActionForm> forms) {
    return forms.stream()
        .filter(form -> !form.parameters().isEmpty())
        .findFirst()
        .orElse(forms.get(0));
  }
}
