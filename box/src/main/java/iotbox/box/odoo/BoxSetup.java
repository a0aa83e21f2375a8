package iotbox.box.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooException.Kind;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.odoo.wire.ServerLine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one server of the box and its devices, and again when they are not what it last accepted.
 * Used on the thread of {@link OdooLink} only, which makes a new one for each pairing; others may
 * read {@link #line()} and {@link #detail()}.
 */
final class BoxSetup {
  private static final Logger LOG = LoggerFactory.getLogger(BoxSetup.class);
  private static final String PATH = "/iot/setup";

  private final Pairing pairing;
  private final OdooServer server;
  private final BoxIdentity box;
  private final Supplier<List<DeviceStatus>> devices;
  private final Duration heartbeat;

  private Registration accepted;
  private boolean greeted;
  private long heardNanos;
  private final Set<String> mentioned = new HashSet<>();
  private volatile ServerLine line = ServerLine.UNKNOWN;
  private volatile String detail;
  private String channel;

  BoxSetup(
      Pairing pairing,
      OdooServer server,
      BoxIdentity box,
      Supplier<List<DeviceStatus>> devices,
      Duration heartbeat) {
    this.pairing = pairing;
    this.server = server;
    this.box = box;
    this.devices = devices;
    this.heartbeat = heartbeat;
  }

  /** How a look at what Odoo knows ended. */
  enum Outcome {
    /** Odoo knew everything already. */
    UNCHANGED,
    /** Odoo has taken what it was told. */
    ACCEPTED,
    /** Odoo was connected, is of another line now, and has taken it all again. */
    UPGRADED,
    /** Odoo does not take anything from this box. */
    REFUSED
  }

  /** Tells the server what it does not know yet; blocks. */
  Outcome sync() throws OdooException {
    ServerLine former = line;
    greet();
    DeviceList list = DeviceList.of(devices.get(), line);
    Registration present = new Registration(box, line, box.address().get(), list.known());
    if (present.equals(accepted)) {
      mention(list);
      return Outcome.UNCHANGED;
    }
    JsonNode answer = server.whole(PATH, present.body(pairing)).path("result");
    heardNanos = System.nanoTime();
    if (refusal(answer)) {
      forget();
      return Outcome.REFUSED;
    }
    boolean upgraded = accepted != null && !line.equals(former);
    accepted = present;
    channel = answer.textValue();
    mention(list);
    return upgraded ? Outcome.UPGRADED : Outcome.ACCEPTED;
  }

  /**
   * A server without a bus has no channel to answer: it leaves the result out, as others do to
   * refuse.
   */
  private boolean refusal(JsonNode answer) throws OdooException {
    if (answer.isTextual() || answer.isMissingNode() && !line.hasBus()) {
      return false;
    }
    if (answer.isNull() || answer.isMissingNode()) {
      return true;
    }
    throw new OdooException(
        Kind.BAD_ANSWER, server.name(PATH) + " answered neither a channel nor a refusal.");
  }

  /** The next {@link #sync} makes sure that the server is there. */
  void doubt() {
    heardNanos = System.nanoTime() - heartbeat.toNanos();
  }

  /** The connection is lost: everything is to be told again. */
  void forget() {
    accepted = null;
    // When the server is back it may be another version.
    greeted = false;
  }

  /** The server's line, as it last told. */
  ServerLine line() {
    return line;
  }

  /** What those who speak with Odoo by other ways need, once it has accepted the box. */
  OdooConnection connection() {
    return new OdooConnection(pairing, server, channel, line);
  }

  /** Which devices Odoo is not told of, or {@code null}. */
  String detail() {
    return detail;
  }

  /**
   * Asks for the server's line, which also tells whether it is still there. A server that is there
   * but does not tell is no reason to give up: it is taken for what it last was.
   */
  private void greet() throws OdooException {
    boolean connected = accepted != null;
    boolean silent = System.nanoTime() - heardNanos >= heartbeat.toNanos();
    if (greeted && !(connected && silent)) {
      return;
    }
    try {
      JsonNode version = server.briefly("/web/webclient/version_info");
      ServerLine told = ServerLine.of(version.path("server_serie").asText(null));
      if (told.known() && !told.equals(line)) {
        LOG.info("{} is Odoo {}", pairing.url(), told);
        line = told;
      }
    } catch (OdooException e) {
      boolean gone = connected && line.known() && e.kind() == Kind.NO_ANSWER;
      if (gone || e.kind() == Kind.NO_CONNECTION) {
        throw e;
      }
      LOG.info("The server does not tell its version: {}", pairing.withoutSecrets(e.getMessage()));
    }
    greeted = true;
    heardNanos = System.nanoTime();
  }

  private void mention(DeviceList list) {
    detail = list.detail();
    Set<String> now = new HashSet<>();
    for (String device : list.leftOut()) {
      now.add(device);
      if (mentioned.add(device)) {
        LOG.warn("Odoo is not told of {}: it does not know such a type or connection", device);
      }
    }
    mentioned.retainAll(now);
  }
}
