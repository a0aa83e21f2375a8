package iotbox.box.odoo.bus;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which messages of the bus were seen, also before a restart; kept in {@code bus.json} of the data
 * folder. They belong to one server, database and channel, since each counts from one.
 *
 * <p>Not the highest id alone: messages of transactions that end at the same time come in any
 * order, so one with a lower id than the last can be new.
 *
 * <p>Memory cards wear out, so the file is written before something is done for this box, and when
 * a connection ends, but not for the messages of other boxes on the channel: to get those again
 * costs nothing. A power cut right after writing loses an action; that is better than a receipt
 * printed, or a drawer opened, twice.
 *
 * <p>One lock, {@code this}, guards everything; it is held while the file is written, which only
 * the bus's own two threads wait for.
 */
final class LastMessage {
  private static final Logger LOG = LoggerFactory.getLogger(LastMessage.class);
  private static final int REMEMBERED = 500;

  private final Path file;
  private final Set<Long> recent = new LinkedHashSet<>();
  private String key;
  private long last;

  /** What the server was told when it was subscribed to: it sends newer ones only. */
  private long floor;

  private boolean dirty;

  LastMessage(Path dataFolder) {
    this.file = dataFolder.resolve("bus.json");
  }

  /**
   * A connection begins.
   *
   * @param key of the server, database and channel
   * @return the highest id from there; 0 if there is none
   */
  synchronized long begin(String key) {
    if (!key.equals(this.key)) {
      keep();
      this.key = key;
      recent.clear();
      last = 0;
      load();
    }
    floor = last;
    return last;
  }

  /** Remembers a message of the present connection; whether it is new. */
  synchronized boolean take(String key, long id) {
    if (!key.equals(this.key) || !recent.add(id)) {
      return false;
    }
    dirty = true;
    Iterator<Long> oldest = recent.iterator();
    while (recent.size() > REMEMBERED) {
      oldest.next();
      oldest.remove();
    }
    if (id <= floor) {
      // Odoo sends newer ones only, unless its database was restored and counts anew. This one
      // may have been done before, those that follow are new.
      LOG.warn("The bus counts its messages anew from {}; this one is not carried out", id);
      floor = id;
      last = id;
      return false;
    }
    last = Math.max(last, id);
    return true;
  }

  /** Writes what is not written yet. */
  synchronized void keep() {
    if (!dirty) {
      return;
    }
    dirty = false;
    try {
      PrivateFile.write(
          file, Json.MAPPER.writeValueAsBytes(Map.of("key", key, "last", last, "recent", recent)));
    } catch (IOException e) {
      LOG.warn("The last message of the bus cannot be stored: {}", e.toString());
    }
  }

  /** The box belongs to nobody. */
  synchronized void forget() {
    key = null;
    recent.clear();
    last = 0;
    dirty = false;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The last message of the bus cannot be deleted: {}", e.toString());
    }
  }

  /**
   * The highest id that was stored; 0 if there is none. Its server sends no message up to it again,
   * whatever became of it.
   */
  synchronized long stored() {
    return read().path("last").longValue();
  }

  private void load() {
    JsonNode json = read();
    if (json.path("key").asText().equals(key) && json.path("last").isIntegralNumber()) {
      last = json.path("last").longValue();
      List<Long> ids = new ArrayList<>();
      json.path("recent").forEach(id -> ids.add(id.longValue()));
      recent.addAll(ids);
    }
  }

  private JsonNode read() {
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      LOG.debug("No message of the bus was seen before");
    } catch (IOException e) {
      LOG.warn("The last message of the bus cannot be read; it begins anew: {}", e.toString());
    }
    return Json.MAPPER.missingNode();
  }
}
