package iotbox.box.http.log;

import iotbox.box.http.message.Json;
import iotbox.box.http.part.LogRecord;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes records of the log for one reader, each with the handler that wrote it. */
final class LogEntries {
  private final String run;
  private final Supplier<Handlers> handlers;
  private Handlers known;
  private Map<String, String> files = Map.of();

  LogEntries(String run, Supplier<Handlers> handlers) {
    this.run = run;
    this.handlers = handlers;
  }

  /**
   * As server-sent events.
   *
   * @param last the number of the record that the reader got last: he is told how many he missed
   *     since
   */
  byte[] messages(List<LogRecord> records, long last) {
    ByteArrayOutputStream messages = new ByteArrayOutputStream(4_096);
    long missed = records.get(0).number() - last - 1;
    if (last > 0 && missed > 0) {
      write(messages, "event: missed\ndata: ");
      messages.writeBytes(Json.write(Map.of("count", missed)));
      write(messages, "\n\n");
    }
    for (LogRecord record : records) {
      String id = run + "-" + record.number();
      write(messages, "id: " + id + "\ndata: ");
      // Without a line break in it, since JSON escapes them.
      messages.writeBytes(Json.write(entry(id, record)));
      write(messages, "\n\n");
    }
    return messages.toByteArray();
  }

  private static void write(ByteArrayOutputStream messages, String text) {
    messages.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private Map<String, Object> entry(String id, LogRecord record) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", id);
    entry.put("time", record.time());
    entry.put("level", record.level());
    entry.put("logger", record.logger());
    entry.put("handler", handler(record.logger()));
    entry.put("message", record.message());
    entry.put("thrown", record.thrown());
    return entry;
  }

  /**
   * The file of the handler that logs by this name, or {@code null}; nested classes are its, too.
   */
  private String handler(String logger) {
    Handlers now = handlers.get();
    if (now != known) {
      Map<String, String> all = new HashMap<>();
      for (HandlerStatus status : now.status()) {
        if (status.className() != null) {
          all.put(status.className(), status.file());
        }
      }
      files = all;
      known = now;
    }
    int nested = logger.indexOf('$');
    return files.get(nested < 0 ? logger : logger.substring(0, nested));
  }
}
