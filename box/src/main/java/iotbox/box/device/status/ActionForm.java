package iotbox.box.device.status;

import iotbox.loader.ActionParameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a person fills in to have a device act.
 *
 * @param name the action's; empty for the one without a name
 * @param parameters in the order in which to ask for them; empty if the driver does not say
 */
public record ActionForm(String name, List<ActionParameter> parameters) {
  public ActionForm {
    parameters = List.copyOf(parameters);
  }

  /** One for each of these actions, sorted by name. */
  public static List<ActionForm> of(
      Set<String> actions, Map<String, List<ActionParameter>> parameters) {
    return new TreeSet<>(actions)
        .stream()
            .map(name -> new ActionForm(name, parameters.getOrDefault(name, List.of())))
            .toList();
  }
}
