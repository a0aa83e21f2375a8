package iotbox.box;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.device.choice.DriverRules.Decisions;
import iotbox.box.store.KeptJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Keeps in {@code devices.json} of the data folder what people decided about devices. */
final class RulesFile implements DriverRules.Store {
  private static final String PINS = "pins";
  private static final String UNPROBED = "unprobed";

  private final KeptJson file;

  RulesFile(Path dataFolder) {
    this.file =
        new KeptJson(
            dataFolder.resolve("devices.json"),
            "So no driver is pinned and all devices are probed, but for what the options say.");
  }

  @Override
  public Decisions read() {
    return file.read().map(RulesFile::decisions).orElse(Decisions.NONE);
  }

  private static Decisions decisions(JsonNode json) {
    Map<String, String> pins = new HashMap<>();
    Set<String> unprobed = new HashSet<>();
    json.path(PINS)
        .properties()
        .forEach(
            pin -> {
              if (pin.getValue().isTextual()) {
                pins.put(pin.getKey(), pin.getValue().textValue());
              }
            });
    for (JsonNode device : json.path(UNPROBED)) {
      if (device.isTextual()) {
        unprobed.add(device.textValue());
      }
    }
    return new Decisions(pins, unprobed);
  }

  @Override
  public void keep(Decisions decisions) throws IOException {
    file.write(
        Map.of(
            PINS, new TreeMap<>(decisions.pins()), UNPROBED, new TreeSet<>(decisions.unprobed())));
  }
}
