package iotbox.box.http.page;

import iotbox.box.device.status.ActionForm;
import iotbox.box.device.status.Declined;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.device.status.Rule;
import iotbox.box.device.status.Selection;
import iotbox.loader.ActionParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What {@code GET /api/status} says of devices. */
final class DeviceEntries {
  private DeviceEntries() {}

  /**
   * What a person fills in to have a device act: the same for all devices of a driver, of which
   * there may be a thousand.
   *
   * @return by the driver's class
   */
  static Map<String, Object> actionForms(List<DeviceStatus> devices) {
    Map<String, Object> forms = new LinkedHashMap<>();
    for (DeviceStatus device : devices) {
      if (device.driver() != null) {
        forms.computeIfAbsent(
            device.driver(),
            driver -> StatusReport.all(device.actionForms(), DeviceEntries::actionForm));
      }
    }
    return forms;
  }

  /** One of {@code devices}. */
  static Map<String, Object> of(DeviceStatus status) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("identifier", status.identifier());
    entry.put("name", status.name());
    entry.put("type", status.type());
    entry.put("connection", status.connection());
    entry.put("manufacturer", status.manufacturer());
    entry.put("subtype", status.subtype());
    entry.put("driver", status.driver());
    entry.put("state", status.state().word());
    entry.put("detail", status.detail());
    entry.put("actions", new TreeSet<>(status.actions()));
    StatusReport.addTrouble(entry, status.trouble());
    Selection selection = status.selection();
    entry.put("connectionType", selection.connectionType());
    entry.put("chosen", selection.chosen());
    entry.put("declined", StatusReport.all(selection.declined(), DeviceEntries::declined));
    entry.put("pin", pin(selection.rule().pin()));
    entry.put("probing", probing(selection));
    return entry;
  }

  private static Map<String, Object> actionForm(ActionForm form) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", form.name());
    entry.put("parameters", StatusReport.all(form.parameters(), DeviceEntries::parameter));
    return entry;
  }

  private static Map<String, Object> parameter(ActionParameter parameter) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", parameter.name());
    entry.put("type", parameter.type().word());
    entry.put("choices", parameter.choices());
    entry.put("required", parameter.required());
    entry.put("description", parameter.description());
    return entry;
  }

  private static Map<String, Object> declined(Declined asked) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("driver", asked.driver());
    entry.put("answer", asked.answer());
    return entry;
  }

  private static Map<String, Object> pin(Rule.Pin pin) {
    if (pin == null) {
      return null;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("driver", pin.driver());
    entry.put("by", word(pin.by()));
    entry.put("option", pin.option());
    return entry;
  }

  private static Map<String, Object> probing(Selection selection) {
    Rule.By unprobed = selection.rule().unprobed();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("allowed", unprobed == null);
    entry.put("by", unprobed == null ? null : word(unprobed));
    entry.put("next", selection.next());
    return entry;
  }

  private static String word(Rule.By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }
}
