package iotbox.box.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Hands out the log file. */
final class LogRoutes {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

  private final Path log;
  private final String boxIdentifier;

  LogRoutes(Path log, String boxIdentifier) {
    this.log = log;
    this.boxIdentifier = boxIdentifier;
  }

  void download(Context ctx) throws IOException, RefusedException {
    try {
      ctx.result(Files.newInputStream(log));
    } catch (NoSuchFileException e) {
      throw new RefusedException(404, "There is no log file yet.");
    }
    String name =
        "iotbox-"
            + boxIdentifier.replaceAll("[^A-Za-z0-9._-]", "_")
            + "-"
            + TIME.format(LocalDateTime.now())
            + ".log";
    ctx.contentType("text/plain;charset=utf-8");
    ctx.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    ctx.header("Cache-Control", "no-store");
  }
}
