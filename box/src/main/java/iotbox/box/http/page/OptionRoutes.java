package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import iotbox.box.http.part.FirstStart;
import iotbox.box.http.part.OptionControl;
import iotbox.box.http.part.OptionView;
import iotbox.box.http.part.Restart;
import iotbox.box.http.part.Settings;
import iotbox.box.store.NotKeptException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The options: what is in effect, what is kept for the next start, and that start itself. */
public final class OptionRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(OptionRoutes.class);

  private final OptionControl options;
  private final Restart restart;
  private final FirstStart firstStart;

  public OptionRoutes(Settings settings) {
    options = settings.options();
    restart = settings.restart();
    firstStart = settings.firstStart();
  }

  /** All of them. */
  public void show(Context ctx) {
    List<OptionView> views = options.views();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("problem", options.problem());
    answer.put("waiting", views.stream().anyMatch(OptionRoutes::waits));
    answer.put("canRestart", restart.isPossible());
    answer.put("options", views.stream().map(OptionRoutes::entry).toList());
    Answers.json(ctx, answer);
  }

  /** {@code {"values": {"port": "8070", …}}}; {@code null} is no longer kept. */
  public void keep(Context ctx) throws RefusedException {
    if (!(RequestBody.object(ctx).get("values") instanceof Map<?, ?> values)) {
      throw new RefusedException(
          400,
          "Send {\"values\": {…}} with what is to be kept by the options' names, such as"
              + " {\"port\": \"8070\"}, or null for what is no longer to be kept.");
    }
    try {
      options.keep(values);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(400, e.getMessage());
    } catch (IOException e) {
      LOG.error("The options cannot be kept", e);
      throw RefusedException.notKept(e);
    }
    show(ctx);
  }

  /** 202, and the box ends; 409 where nothing would bring it back. */
  public void restart(Context ctx) throws RefusedException {
    if (!restart.isPossible()) {
      throw new RefusedException(
          409,
          "Nothing would start this box again, as systemd has not started it: end it where it was"
              + " started, and start it there.");
    }
    ctx.status(202);
    restart.soon();
  }

  /** 204: the owner needs no help with a first start any more. */
  public void setUp(Context ctx) throws RefusedException {
    try {
      firstStart.done();
    } catch (IOException e) {
      LOG.error("That the box is set up cannot be kept", e);
      throw new RefusedException(
          507, "The box will ask for this again, as " + NotKeptException.why(e) + ".");
    }
    ctx.status(204);
  }

  private static boolean waits(OptionView option) {
    return !Objects.equals(option.value(), option.next());
  }

  private static Map<String, Object> entry(OptionView option) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", option.name());
    entry.put("kind", option.kind());
    entry.put("label", option.label());
    entry.put("help", option.help());
    entry.put("value", option.value());
    entry.put("default", option.usual());
    entry.put("source", option.source());
    entry.put("kept", option.kept());
    entry.put("next", option.next());
    entry.put("waits", waits(option));
    entry.put("problem", option.problem());
    entry.put("elsewhere", option.elsewhere());
    entry.put("secret", option.secret());
    return entry;
  }
}
