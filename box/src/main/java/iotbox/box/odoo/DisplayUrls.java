package iotbox.box.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.odoo.wire.HttpAnswer;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pages Odoo wants on the box's displays (protocol section 1.5): asked whenever Odoo has
 * accepted the box and its devices, if there are displays among them. What changes later Odoo tells
 * by itself, with an action.
 *
 * <p>Told on the link's thread; {@link #told} may be called on any.
 */
public final class DisplayUrls implements LinkListener {
  private static final Logger LOG = LoggerFactory.getLogger(DisplayUrls.class);
  private static final int NOT_FOUND = 404;

  private final Executor work;
  private final Supplier<String> identifier;
  private final Supplier<? extends Collection<String>> displays;
  private volatile OdooConnection present;
  private volatile Told told;

  /**
   * What Odoo said.
   *
   * @param server who; {@code null} if the box belongs to nobody
   * @param urls by display; those for which it wants nothing are not there
   */
  public record Told(String server, Map<String, String> urls) {
    public Told {
      urls = Map.copyOf(urls);
    }
  }

  /**
   * @param work for calls, which block
   * @param identifier how the paired server calls the box
   * @param displays there are now
   */
  public DisplayUrls(
      Executor work, Supplier<String> identifier, Supplier<? extends Collection<String>> displays) {
    this.work = work;
    this.identifier = identifier;
    this.displays = displays;
  }

  /** What it said last; {@code null} while it has not. */
  public Told told() {
    return told;
  }

  @Override
  public void connected(OdooConnection connection) {
    present = connection;
    if (!displays.get().isEmpty()) {
      work.execute(() -> ask(connection));
    }
  }

  @Override
  public void parted() {
    present = null;
    told = null;
  }

  @Override
  public void unpaired() {
    present = null;
    told = new Told(null, Map.of());
  }

  private void ask(OdooConnection connection) {
    try {
      String path = "/iot/box/" + identifier.get() + "/";
      OdooServer server = connection.server();
      HttpAnswer answer = server.get(path + "display_url");
      if (answer.status() == NOT_FOUND) {
        answer = server.get(path + "screen_url"); // Up to 13.
      }
      if (!answer.successful()) {
        LOG.info(
            "Which pages Odoo wants on the displays is not known: it answers HTTP {}",
            answer.status());
        return;
      }
      Told news = new Told(connection.pairing().url(), urls(answer.body()));
      if (present == connection) {
        told = news;
      }
    } catch (OdooException e) {
      LOG.info(
          "Which pages Odoo wants on the displays is not known: {}",
          connection.pairing().withoutSecrets(e.getMessage()));
    }
  }

  /** A map, in which Odoo has {@code false} for what is empty; old servers gave one for all. */
  private Map<String, String> urls(byte[] answer) {
    Map<String, String> urls = new LinkedHashMap<>();
    try {
      JsonNode json = Json.MAPPER.readTree(answer);
      json.properties()
          .forEach(
              each -> {
                if (each.getValue().isTextual() && !each.getValue().asText().isBlank()) {
                  urls.put(each.getKey(), each.getValue().asText());
                }
              });
    } catch (IOException e) {
      String text = new String(answer, StandardCharsets.UTF_8).strip();
      if (text.startsWith("http://") || text.startsWith("https://")) {
        displays.get().forEach(display -> urls.put(display, text));
      }
    }
    return urls;
  }
}
