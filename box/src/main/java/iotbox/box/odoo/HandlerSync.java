package iotbox.box.odoo;

import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.HandlersAnswer;
import iotbox.box.odoo.wire.HttpAnswer;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.odoo.wire.ServerLine;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the installed handlers the same as those of the paired database. Works on a thread of its
 * own, so that neither a slow download nor compiling delays what Odoo must know of the devices.
 * {@link OdooLink} calls it; no call blocks.
 */
final class HandlerSync implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HandlerSync.class);
  private static final String PATH = "/iot/get_handlers";

  private final BoxIdentity box;
  private final HandlerInstaller installer;
  private final HandlerCache cache;
  private final Pace pace;
  private final BackOff backOff;
  private final Runnable onSilence;
  private final Lane lane;

  // Used on the lane's thread only.
  private Pairing pairing;
  private OdooServer server;
  private Supplier<ServerLine> line;
  private Installed installed;

  /** Somebody asked and has got no answer yet: until then each question is that person's. */
  private boolean personal;

  private volatile String detail;

  /** What is installed now, without its bytes. */
  private record Installed(String key, String etag, String hash) {}

  /**
   * @param onSilence is told when the server did not answer, on this part's thread; must not block
   */
  HandlerSync(
      BoxIdentity box,
      HandlerInstaller installer,
      HandlerCache cache,
      BoxThreads threads,
      Pace pace,
      Runnable onSilence) {
    this.box = box;
    this.installer = installer;
    this.cache = cache;
    this.pace = pace;
    this.onSilence = onSilence;
    this.backOff = new BackOff(pace.retryFirst(), pace.heartbeat());
    this.lane = new Lane(threads.single("odoo-handlers"));
  }

  /**
   * From now on the box belongs to this pairing: handlers of another one are removed, those kept
   * from an earlier run installed.
   *
   * @param line which the server is of now; on any thread
   */
  void pairedWith(Pairing pairing, OdooServer server, Supplier<ServerLine> line) {
    lane.run(
        () -> {
          this.pairing = pairing;
          this.server = server;
          this.line = line;
          personal = false;
          tell(null);
          lane.cancel();
          removeForeign();
          if (installed == null) {
            cache.load(key()).ifPresentOrElse(this::install, installer::expected);
          }
        });
  }

  /** From now on the box belongs to nobody: its handlers are removed. */
  void unpaired() {
    lane.run(
        () -> {
          pairing = null;
          server = null;
          personal = false;
          tell(null);
          lane.cancel();
          removeForeign();
          cache.clear();
        });
  }

  /**
   * Asks Odoo for handlers, now.
   *
   * @param auto {@code false} if a person wants it, which Odoo may allow where it refuses
   *     otherwise; that holds until Odoo has answered, also when the connection is lost in between
   */
  void fetch(boolean auto) {
    lane.run(
        () -> {
          if (pairing != null) {
            if (!auto) {
              installer.retry();
            }
            backOff.reset();
            personal |= !auto;
            ask();
          }
        });
  }

  /** The server is not there: no more questions until {@link #fetch}. */
  void rest() {
    lane.run(lane::cancel);
  }

  /** What is wrong with fetching the handlers. */
  Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  @Override
  public void close() {
    lane.close();
  }

  private void ask() {
    lane.cancel();
    boolean auto = !personal;
    ServerLine present = line.get();
    try {
      HttpAnswer http = server.form(PATH, fields(present, auto), headers(present));
      HandlersAnswer answer = HandlersAnswer.of(server.name(PATH), auto, http);
      if (server.closed()) {
        // What came in the last moment belongs to the former pairing.
        return;
      }
      personal = false;
      take(answer);
      backOff.reset();
      // Without an ETag each question would bring the whole archive.
      boolean cheap = !(answer instanceof HandlersAnswer.Archive archive) || archive.etag() != null;
      if (cheap && !pace.handlers().isZero()) {
        lane.later(pace.handlers(), this::ask);
      }
    } catch (OdooException e) {
      if (!server.closed()) {
        tell(pairing.withoutSecrets(e.getMessage()));
        lane.later(backOff.next(), this::ask);
        if (e.kind() != OdooException.Kind.BAD_ANSWER) {
          onSilence.run();
        }
      }
    }
  }

  private Map<String, String> fields(ServerLine line, boolean auto) {
    Map<String, String> fields = new LinkedHashMap<>();
    line.handlersFields().forEach(name -> fields.put(name, line.identifierOf(box)));
    fields.put("auto", auto ? "True" : "False");
    return fields;
  }

  /** The ETag goes without quotes: Odoo compares it with the plain hash. */
  private Map<String, String> headers(ServerLine line) {
    return installed == null || installed.etag() == null || !line.sendsEtag()
        ? Map.of()
        : Map.of("If-None-Match", installed.etag());
  }

  private void take(HandlersAnswer answer) {
    if (answer instanceof HandlersAnswer.None none) {
      tell(pairing.withoutSecrets(none.detail()));
    } else if (answer instanceof HandlersAnswer.Archive archive) {
      HandlerCache.Entry entry = new HandlerCache.Entry(key(), archive.etag(), archive.zip());
      boolean same = installed != null && installed.hash().equals(entry.hash());
      if (same && Objects.equals(installed.etag(), entry.etag())) {
        tell(null);
      } else if (same || install(entry)) {
        installed = new Installed(entry.key(), entry.etag(), entry.hash());
        tell(null);
        if (installer.replacedAll()) {
          keep(entry);
        }
      }
    } else {
      tell(null);
    }
  }

  private boolean install(HandlerCache.Entry entry) {
    try {
      installer.install(entry.zip());
      installed = new Installed(entry.key(), entry.etag(), entry.hash());
      return true;
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
      // Compiling what others wrote may end in such errors; the next archive may be better.
      LOG.debug("The handlers could not be installed", e);
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      tell("The handlers that Odoo sent could not be installed: " + why);
      return false;
    }
  }

  private void keep(HandlerCache.Entry entry) {
    try {
      cache.save(entry);
    } catch (IOException e) {
      LOG.warn(
          "The handlers run but could not be stored for a start without Odoo: {}", e.toString());
    }
  }

  private void removeForeign() {
    if (installed != null && (pairing == null || !installed.key().equals(key()))) {
      installed = null;
      cache.clear();
      try {
        installer.remove();
      } catch (RuntimeException e) {
        LOG.error("The handlers of the former server could not be removed", e);
      }
    }
  }

  private String key() {
    // Not what the server calls the box: that is not known before it has answered.
    return pairing.handlersKey(box.identifier());
  }

  private void tell(String text) {
    if (text != null && !text.equals(detail)) {
      LOG.warn("{}", text);
    }
    detail = text;
  }
}
