package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import iotbox.box.http.part.LineControl;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person says about the lines that come from a serial port. */
public final class LineRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LineRoutes.class);

  private final LineControl lines;

  public LineRoutes(LineControl lines) {
    this.lines = lines;
  }

  /** {@code ?identifier=…}: what was said, and what came last. 404 if there is no such port. */
  public void show(Context ctx) throws RefusedException {
    String identifier = ctx.queryParam("identifier");
    if (identifier == null) {
      throw new RefusedException(400, "Say which device: ?identifier=…");
    }
    Answers.json(ctx, lines.view(identifier));
  }

  /**
   * {@code {"identifier": …, "settings": …}}, {@code null} to forget them. Answers {@code problems}
   * by field; if there are none, it is done.
   */
  public void keep(Context ctx) throws RefusedException {
    Map<?, ?> request = RequestBody.object(ctx);
    boolean forget = request.containsKey("settings") && request.get("settings") == null;
    Answers.json(
        ctx,
        Map.of(
            "problems",
            lines.keep(identifier(request, forget), (Map<?, ?>) request.get("settings"))));
  }

  /** The same, to see what comes from the port and what is found in it; keeps nothing. */
  public void attempt(Context ctx) throws RefusedException {
    Map<?, ?> request = RequestBody.object(ctx);
    var answer = lines.attempt(identifier(request, false), (Map<?, ?>) request.get("settings"));
    ctx.future(
        () ->
            answer
                .thenAccept(heard -> Answers.json(ctx, heard))
                .exceptionally(
                    failure -> {
                      LOG.error("A line cannot be tried", failure);
                      Answers.sentence(ctx, 500, Answers.FAULT);
                      return null;
                    }));
  }

  private static String identifier(Map<?, ?> request, boolean forget) throws RefusedException {
    if (request.get("identifier") instanceof String identifier
        && (forget || request.get("settings") instanceof Map)) {
      return identifier;
    }
    throw new RefusedException(
        400, "Send {\"identifier\": …, \"settings\": {…}}: a device, and how its lines are read.");
  }
}
