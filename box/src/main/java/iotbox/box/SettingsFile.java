package iotbox.box;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.store.KeptJson;
import iotbox.box.store.NotKeptException;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps in {@code device-settings.json} of the data folder what people decided about devices by
 * hand, for each interface that lets them. What cannot be written is not taken, and whoever decided
 * it is told.
 *
 * <p>One lock, {@code this}, guards the settings; it is held while their small file is read, by the
 * first who asks, and written, when somebody decides.
 */
final class SettingsFile {
  private static final TypeReference<Map<String, Object>> SETTINGS = new TypeReference<>() {};

  private final KeptJson file;
  private Map<String, Map<String, Map<String, Object>>> parts;

  SettingsFile(Path dataFolder) {
    this.file =
        new KeptJson(
            dataFolder.resolve("device-settings.json"),
            "What was set by hand for printers, scanners and other devices has to be set again.");
  }

  /** The part of one interface. */
  Settings of(String part) {
    return new Settings() {
      @Override
      public Map<String, Object> of(String identifier) {
        return recall(part, identifier);
      }

      @Override
      public void keep(String identifier, Map<String, ?> settings) throws IOException {
        SettingsFile.this.keep(part, identifier, settings);
      }
    };
  }

  private synchronized Map<String, Object> recall(String part, String identifier) {
    return new LinkedHashMap<>(
        parts().getOrDefault(part, Map.of()).getOrDefault(identifier, Map.of()));
  }

  private synchronized void keep(String part, String identifier, Map<String, ?> settings)
      throws IOException {
    Map<String, Map<String, Object>> devices =
        new LinkedHashMap<>(parts().getOrDefault(part, Map.of()));
    if (settings.isEmpty()) {
      devices.remove(identifier);
    } else {
      devices.put(identifier, new LinkedHashMap<>(settings));
    }
    Map<String, Map<String, Map<String, Object>>> next = new LinkedHashMap<>(parts());
    next.put(part, devices);
    try {
      file.write(next);
    } catch (IOException e) {
      throw new IOException(NotKeptException.refusal(e), e);
    }
    parts = next;
  }

  private Map<String, Map<String, Map<String, Object>>> parts() {
    if (parts == null) {
      parts = new LinkedHashMap<>();
      file.read().ifPresent(this::take);
    }
    return parts;
  }

  private void take(JsonNode json) {
    json.properties()
        .forEach(
            part -> {
              Map<String, Map<String, Object>> devices = new LinkedHashMap<>();
              part.getValue()
                  .properties()
                  .forEach(
                      device -> {
                        if (device.getValue().isObject()) {
                          devices.put(
                              device.getKey(),
                              Json.MAPPER.convertValue(device.getValue(), SETTINGS));
                        }
                      });
              parts.put(part.getKey(), devices);
            });
  }
}
