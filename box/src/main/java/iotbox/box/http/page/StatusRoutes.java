package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.event.EventHub;
import iotbox.box.event.Listener;
import iotbox.box.event.Readings;
import iotbox.box.http.live.Frame;
import iotbox.box.http.live.StatusFeed;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.Json;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.Streams;
import iotbox.box.http.part.BoxParts;
import iotbox.box.http.wire.StreamRoute;
import iotbox.box.tally.Tally;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** The status of the box: once, or whole and then whatever changes. */
public final class StatusRoutes {
  /** Far more than anybody opens, and far less than would hurt. */
  public static final int MAX_PAGES = 500;

  /** How soon a browser whose stream has ended asks again. */
  private static final byte[] RETRY = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

  private final StatusReport report;
  private final EventHub events;
  private final Readings readings;
  private final StatusFeed feed;
  private final Streams streams;
  private final Executor answers;

  public StatusRoutes(BoxParts box, Executor answers, Tally refusals) {
    this.report = new StatusReport(box);
    this.events = box.events();
    this.readings = box.readings();
    this.answers = answers;
    this.feed =
        new StatusFeed(
            report::now, readings, Json::write, events::isReleased, box.alarm(), answers);
    this.streams =
        new Streams(
            MAX_PAGES,
            "The box already keeps " + MAX_PAGES + " open pages up to date; close other ones.",
            answers,
            refusals);
  }

  /** How many pages are kept up to date now. */
  public int count() {
    return streams.count();
  }

  /** {@code GET /api/status}. */
  public void show(Context ctx) {
    Answers.json(ctx, report.now());
  }

  /**
   * {@code GET /api/status/stream}: server-sent events {@code status} (whole, at first and whenever
   * the client was too slow for changes), {@code change} (only what changed) and {@code here} (a
   * sign of life). With {@code ?values} also {@code values}: what each device told last, a few
   * times a second. With {@code ?device=} and an identifier also {@code samples}, the numbers that
   * it told in the last minutes, and {@code device} for each of its events.
   */
  public void stream(Context ctx) throws RefusedException {
    String device = ctx.queryParam("device");
    boolean values = ctx.queryParam("values") != null;
    Listener listener =
        device == null || device.isEmpty()
            ? null
            : new Listener(null, Set.of(device), StreamRoute.lastEvent(ctx, events));
    streams.open(
        ctx,
        stream ->
            new PageStream(feed, events, values, stream, answers).start(first(device), listener));
  }

  private byte[] first(String device) {
    if (device == null || device.isEmpty()) {
      return RETRY;
    }
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("device", device);
    known.put("last", readings.last(device).map(StatusFeed::reading).orElse(null));
    known.put(
        "samples",
        readings.samples(device).stream()
            .map(sample -> List.of(sample.time(), sample.value()))
            .toList());
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    first.writeBytes(RETRY);
    first.writeBytes(Frame.of("samples", Json.write(known)));
    return first.toByteArray();
  }
}
