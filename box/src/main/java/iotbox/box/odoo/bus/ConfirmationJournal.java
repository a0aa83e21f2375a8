package iotbox.box.odoo.bus;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.store.BestEffort;
import iotbox.box.store.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link Confirmations} must not forget, in {@code confirmations} of the data folder. Belongs
 * to one database, which it names in the beginning.
 *
 * <p>If the disk takes nothing, that is logged once, and the box goes on without.
 *
 * <p>Guarded by the lock of {@link Confirmations}.
 */
final class ConfirmationJournal {
  private static final Logger LOG = LoggerFactory.getLogger(ConfirmationJournal.class);

  /** So much that counts no more is left there; to write it anew each time would cost more. */
  private static final long LEFTOVER = 64 << 10;

  /** One character takes at most three of them, and a record some more. */
  private static final long MOST_BYTES = 4;

  private final Journal journal;
  private final BestEffort disk =
      new BestEffort(
          LOG, "What Odoo is still to be told cannot be stored, and is lost if the box ends");

  /** What was found after a restart. */
  record Found(long lastNumber, List<Waiting> waiting) {}

  ConfirmationJournal(Path dataFolder) {
    this.journal = new Journal(dataFolder.resolve("confirmations"));
  }

  /**
   * What is still to be told to this database, in order.
   *
   * @param lastMessage the last of the bus that will not come again. An action whose message does
   *     come again was not begun.
   */
  Found read(Pairing database, long lastMessage) {
    Map<Long, Waiting> found = new TreeMap<>();
    boolean ours = false;
    long last = 0;
    try {
      for (String record : journal.read()) {
        String[] words = record.split(" ", 2);
        if (words[0].equals("for")) {
          ours = isFor(words[1], database);
        } else if (ours) {
          last = Math.max(last, take(words[0], words[1], lastMessage, found));
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("What Odoo is still to be told cannot be read: {}", e.toString());
    }
    return new Found(last, new ArrayList<>(found.values()));
  }

  private static boolean isFor(String json, Pairing database) throws IOException {
    JsonNode names = Json.MAPPER.readTree(json);
    return database.sameDatabase(
        new Pairing(
            names.path("url").asText(),
            "",
            names.path("db_uuid").textValue(),
            null,
            names.path("db_name").textValue()));
  }

  private static long take(String kind, String rest, long lastMessage, Map<Long, Waiting> found) {
    switch (kind) {
      case "begun" -> {
        String[] words = rest.split(" ", 4);
        Waiting interrupted = waiting(words[0], words[2], words[3]);
        if (Long.parseLong(words[1]) <= lastMessage) {
          found.put(interrupted.number, interrupted);
        }
        return interrupted.number;
      }
      case "tell" -> {
        String[] words = rest.split(" ", 4);
        Waiting result = waiting(words[0], words[2], words[3]);
        found.remove(Long.parseLong(words[1]));
        found.put(result.number, result);
        return result.number;
      }
      case "done" -> {
        found.remove(Long.parseLong(rest));
        return 0;
      }
      default -> throw new IllegalArgumentException("unknown record " + kind);
    }
  }

  private static Waiting waiting(String number, String path, String json) {
    Waiting waiting = new Waiting(Long.parseLong(number), path, json);
    waiting.kept = true;
    return waiting;
  }

  /** An action begins. */
  void begun(Pairing database, Interrupted action, String json) {
    append(database, record(action, json));
  }

  /**
   * Something is to be told.
   *
   * @param instead the action whose result it is, or {@code null}
   */
  void tell(Pairing database, Waiting waiting, Interrupted instead) {
    append(database, record(waiting, instead == null ? 0 : instead.number()));
    waiting.kept = !disk.isFailing();
  }

  /** It needs not be told any more. */
  void done(Pairing database, long number) {
    append(database, "done " + number);
  }

  /** Whether it had better be written anew with what counts, which has so many characters. */
  boolean isCrowded(long characters) {
    return journal.size() > MOST_BYTES * characters + LEFTOVER;
  }

  /** Keeps these and nothing else. */
  void keepOnly(Pairing database, List<Interrupted> begun, List<Waiting> waiting) {
    disk.attempt(
        () -> {
          if (begun.isEmpty() && waiting.isEmpty()) {
            journal.clear();
            return;
          }
          List<String> records = new ArrayList<>();
          records.add(header(database));
          begun.forEach(each -> records.add(record(each, Confirmations.json(each.params()))));
          waiting.forEach(each -> records.add(record(each, 0)));
          journal.replace(records);
          waiting.forEach(each -> each.kept = true);
        });
  }

  void clear() {
    disk.attempt(journal::clear);
  }

  /** Lets go of the file; it can still be written. */
  void close() {
    journal.close();
  }

  private void append(Pairing database, String record) {
    disk.attempt(
        () -> {
          if (journal.size() == 0) {
            journal.append(header(database));
          }
          journal.append(record);
        });
  }

  private static String header(Pairing database) throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("url", database.url());
    names.put("db_uuid", database.dbUuid());
    names.put("db_name", database.dbName());
    return "for " + Json.MAPPER.writeValueAsString(names);
  }

  private static String record(Interrupted action, String json) {
    return String.join(
        " ",
        "begun",
        Long.toString(action.number()),
        Long.toString(action.message()),
        action.path(),
        json);
  }

  private static String record(Waiting waiting, long instead) {
    return String.join(
        " ",
        "tell",
        Long.toString(waiting.number),
        Long.toString(instead),
        waiting.path,
        waiting.json);
  }
}
