package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import iotbox.loader.FileVersions;
import iotbox.loader.HandlerFile;
import iotbox.loader.Handlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What the owner sees of handlers besides the status: their sources. */
public final class HandlerRoutes {
  private final Supplier<Handlers> handlers;

  public HandlerRoutes(Supplier<Handlers> handlers) {
    this.handlers = handlers;
  }

  /**
   * {@code ?file=…}, as the status names it: its offered text and, if an earlier version runs, that
   * one's. The text is {@code null} where there is none to show: of jars and what else is no text,
   * of what came with the box, and of files that were refused before they were read.
   */
  public void source(Context ctx) throws RefusedException {
    String file = ctx.queryParam("file");
    if (file == null || file.isEmpty()) {
      throw new RefusedException(
          400, "Say which file, by the name that the status has for it: ?file=…");
    }
    Handlers now = handlers.get();
    if (now.status().stream().noneMatch(entry -> entry.file().equals(file))) {
      throw new RefusedException(
          404, "There is no handler file \"" + file + "\" now; the status lists them.");
    }
    FileVersions versions = now.files().getOrDefault(file, new FileVersions(null, null));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("file", file);
    answer.putAll(version(versions.offered()));
    answer.put("running", versions.running() == null ? null : version(versions.running()));
    Answers.json(ctx, answer);
  }

  private static Map<String, Object> version(HandlerFile file) {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("hash", file == null ? null : file.hash());
    version.put("text", file == null ? null : file.text().orElse(null));
    return version;
  }
}
