package iotbox.box.odoo.bus;

import iotbox.box.device.open.ActionResult;
import iotbox.box.device.open.ActionResult.Status;
import iotbox.box.odoo.LinkControl;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.ActionData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of the box itself instead of a device (protocol sections 1.3 and 2), by Odoo's bus
 * or by a page. What needs a host that the program owns is refused with a sentence that says so.
 */
public final class BoxActions {
  private static final Logger LOG = LoggerFactory.getLogger(BoxActions.class);
  private static final String PING = "/web/webclient/version_info";

  /** Round trips of a JSON call, in milliseconds. */
  private static final long FAST = 150;

  private static final long NORMAL = 600;

  private final LinkControl link;
  private final BoxThreads threads;
  private final Supplier<Optional<OdooServer>> server;

  BoxActions(LinkControl link, BoxThreads threads, Supplier<Optional<OdooServer>> server) {
    this.link = link;
    this.threads = threads;
    this.server = server;
  }

  /**
   * For a page, which nobody vouches for: it may test the box and nothing else. On any thread; does
   * not block.
   */
  public CompletableFuture<ActionResult> forPage(String action) {
    return switch (action) {
      case "", "test_protocol" -> done(null);
      case "test_connection" -> testConnection();
      case "server_clear", "server_update", "restart_odoo" ->
          error(
              "Only the paired Odoo and the owner may ask for "
                  + action
                  + "; log in on the box's page to do it there.");
      case "remote_debug", "reset_password" -> ofHost(action);
      default -> error("This box has no action of its own named " + action + ".");
    };
  }

  /**
   * For a page behind which the owner or the paired Odoo stands: it may ask for what Odoo's bus may
   * ask for, too. On any thread; does not block.
   */
  public CompletableFuture<ActionResult> forVouchedPage(ActionData data) {
    String action = data.action();
    switch (action) {
      case "server_clear" -> {
        LOG.info("A page unpairs this box");
        return link.unpair().handle((done, failure) -> result(failure));
      }
      case "server_update" -> {
        try {
          link.moved(Objects.requireNonNullElse(data.getString("server_url"), ""));
        } catch (BadPairingException e) {
          return error(e.getMessage());
        }
        LOG.info("A page says that Odoo is found at another address");
        return done(null);
      }
      case "restart_odoo" -> {
        link.restart();
        return done(null);
      }
      default -> {
        return forPage(action);
      }
    }
  }

  private static ActionResult result(Throwable failure) {
    return failure == null
        ? new ActionResult(Status.SUCCESS, null)
        : new ActionResult(Status.ERROR, "The pairing cannot be deleted; the log tells more.");
  }

  /** For the paired Odoo; empty if real boxes do not confirm it either. Does not block. */
  Optional<CompletableFuture<ActionResult>> forOdoo(BusMessage message) {
    String type = message.type();
    switch (type) {
      case "test_protocol" -> {
        return Optional.of(done(null));
      }
      case "test_connection" -> {
        return Optional.of(testConnection());
      }
      case "restart_odoo" -> {
        link.restart();
        return Optional.of(done(null));
      }
      case "remote_debug" -> {
        boolean question = Boolean.TRUE.equals(message.payload().get("status"));
        return Optional.of(question ? done(Map.of("enabled", false)) : ofHost(type));
      }
      case "reset_password" -> {
        return Optional.of(ofHost(type));
      }
      case "server_clear" -> {
        LOG.info("Odoo has deleted this box");
        link.unpair();
      }
      case "server_update" -> move(message.text("server_url"));
      case "toggle_custom_handlers" ->
          LOG.info("Odoo's switch for custom handlers is without effect: they are always used");
      // No answer, and the page tries the next way to reach the box; one that it cannot use would
      // fail there.
      case "webrtc_offer" -> LOG.info("A page offered WebRTC, which this box does not speak");
      case "bundle_changed" -> link.handlersChanged();
      default -> LOG.debug("Messages of type {} are not known", type);
    }
    return Optional.empty();
  }

  private void move(String url) {
    try {
      link.moved(url == null ? "" : url);
      LOG.info("Odoo says that it is found at another address");
    } catch (BadPairingException e) {
      LOG.warn("Odoo sent a new address that is none; the box stays with the present one");
    }
  }

  /** By a call to the paired server: to ping a router takes rights that a program need not have. */
  private CompletableFuture<ActionResult> testConnection() {
    return CompletableFuture.supplyAsync(
        () -> {
          Map<String, Object> result = new LinkedHashMap<>();
          result.put("lan_quality", null);
          result.put("wan_quality", server.get().map(BoxActions::quality).orElse("unreachable"));
          return new ActionResult(Status.SUCCESS, result);
        },
        threads.work());
  }

  private static String quality(OdooServer server) {
    long begun = System.nanoTime();
    try {
      server.briefly(PING);
    } catch (OdooException e) {
      return "unreachable";
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    return millis < FAST ? "fast" : millis < NORMAL ? "normal" : "slow";
  }

  private static CompletableFuture<ActionResult> ofHost(String action) {
    return error(
        action
            + " is not possible: this box is a program on a host of its own, which is"
            + " administered there.");
  }

  private static CompletableFuture<ActionResult> done(Object result) {
    return CompletableFuture.completedFuture(new ActionResult(Status.SUCCESS, result));
  }

  private static CompletableFuture<ActionResult> error(String message) {
    return CompletableFuture.completedFuture(new ActionResult(Status.ERROR, message));
  }
}
