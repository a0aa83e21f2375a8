package iotbox.box.http.log;

import io.javalin.http.Context;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import iotbox.box.http.part.LogLevelControl;
import iotbox.box.http.part.Logs;
import iotbox.loader.Handlers;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log file, and how much single handlers and parts of the box write into it. */
public final class LogRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LogRoutes.class);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

  private static final String BOX = "iotbox";

  private final Path log;
  private final LogLevelControl levels;
  private final Supplier<Handlers> handlers;
  private final String boxIdentifier;

  public LogRoutes(Logs logs, Supplier<Handlers> handlers, String boxIdentifier) {
    this.log = logs.file();
    this.levels = logs.levels();
    this.handlers = handlers;
    this.boxIdentifier = boxIdentifier;
  }

  public void download(Context ctx) throws IOException, RefusedException {
    String name =
        "iotbox-"
            + boxIdentifier.replaceAll("[^A-Za-z0-9._-]", "_")
            + "-"
            + TIME.format(LocalDateTime.now())
            + ".log";
    ctx.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    try {
      Answers.file(ctx, log);
    } catch (NoSuchFileException e) {
      ctx.removeHeader("Content-Disposition");
      throw new RefusedException(404, "There is no log file yet.");
    }
  }

  /** What does not log as usual. */
  public void levels(Context ctx) {
    List<Map<String, Object>> settings = new ArrayList<>();
    for (LogLevelControl.Setting each : levels.settings()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("logger", each.logger());
      fields.put("level", each.level());
      fields.put("until", each.until().toString());
      settings.add(fields);
    }
    Answers.json(ctx, Map.of("levels", settings));
  }

  /** {@code {"logger": …, "level": …}}; the level {@code null} is the usual one. */
  public void setLevel(Context ctx) throws RefusedException {
    Map<?, ?> request = RequestBody.object(ctx);
    Object level = request.get("level");
    if (!(request.get("logger") instanceof String logger)
        || !(level == null || level instanceof String)) {
      throw new RefusedException(
          400,
          "Send {\"logger\": …, \"level\": …}: the class of a handler, and debug, info, warn,"
              + " error or null for the usual.");
    }
    if (!isKnown(logger)) {
      throw new RefusedException(
          404,
          "There is no handler of the class \""
              + logger
              + "\"; the status lists them. The box itself is called iotbox.");
    }
    try {
      levels.set(logger, (String) level);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(400, e.getMessage());
    } catch (IOException e) {
      LOG.error("A level of the log cannot be kept", e);
      throw RefusedException.notKept(e);
    }
    levels(ctx);
  }

  private boolean isKnown(String logger) {
    return logger.equals(BOX)
        || logger.startsWith(BOX + ".")
        || handlers.get().status().stream().anyMatch(file -> logger.equals(file.className()));
  }
}
