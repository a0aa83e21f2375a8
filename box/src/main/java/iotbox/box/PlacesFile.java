package iotbox.box;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.store.KeptJson;
import iotbox.stock.place.PlaceMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in {@code places.json} of the data folder which identifier belongs to which place, for each
 * interface that has to tell twins apart. Nobody decides it, so there is nobody to be told when it
 * cannot be written, but for the log.
 *
 * <p>One lock, {@code this}, guards the names; it is held while their small file is read, by the
 * first who asks, and written, when something is plugged in where nothing of its kind was before.
 */
final class PlacesFile {
  private static final Logger LOG = LoggerFactory.getLogger(PlacesFile.class);

  private final KeptJson file;
  private Map<String, Map<String, String>> names;

  PlacesFile(Path dataFolder) {
    this.file =
        new KeptJson(
            dataFolder.resolve("places.json"),
            "Devices that look alike may have changed their identifiers: see that each is what it"
                + " is called.");
  }

  /** The part of one interface. */
  PlaceMemory of(String part) {
    return new PlaceMemory() {
      @Override
      public Map<String, String> recall() {
        return PlacesFile.this.recall(part);
      }

      @Override
      public void keep(Map<String, String> names) {
        PlacesFile.this.keep(part, names);
      }
    };
  }

  private synchronized Map<String, String> recall(String part) {
    return new LinkedHashMap<>(names().getOrDefault(part, Map.of()));
  }

  private synchronized void keep(String part, Map<String, String> kept) {
    names().put(part, new LinkedHashMap<>(kept));
    try {
      file.write(names());
    } catch (IOException e) {
      LOG.warn(
          "The places of devices cannot be stored, so twins may change their identifiers at the"
              + " next start: {}",
          e.toString());
    }
  }

  private Map<String, Map<String, String>> names() {
    if (names == null) {
      names = new LinkedHashMap<>();
      file.read().ifPresent(this::take);
    }
    return names;
  }

  private void take(JsonNode json) {
    json.properties()
        .forEach(
            part -> {
              Map<String, String> places = new LinkedHashMap<>();
              part.getValue()
                  .properties()
                  .forEach(
                      place -> {
                        if (place.getValue().isTextual() && place.getKey().contains(" ")) {
                          places.put(place.getKey(), place.getValue().textValue());
                        }
                      });
              names.put(part.getKey(), places);
            });
  }
}
