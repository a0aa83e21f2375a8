package iotbox.box;

import iotbox.box.device.DeviceManager;
import iotbox.box.host.BoxIdentity;
import iotbox.box.http.part.NetworkView;
import iotbox.box.http.part.OdooControl;
import iotbox.box.log.OdooLogAppender;
import iotbox.box.odoo.CertificateService;
import iotbox.box.odoo.DisplayUrls;
import iotbox.box.odoo.HandlerCache;
import iotbox.box.odoo.KeyboardLayouts;
import iotbox.box.odoo.LogShipper;
import iotbox.box.odoo.OdooLink;
import iotbox.box.odoo.OdooStatus;
import iotbox.box.odoo.PairingCodes;
import iotbox.box.odoo.PairingCodes.Shown;
import iotbox.box.odoo.bus.Bus;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.option.StartupException;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.keyboard.layout.KnownLayouts;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Odoo: the link with the server that the box belongs to, its bus, the codes and services around
 * pairing, and all who want to hear how the box stands with it.
 */
final class OdooSide {
  private static final Logger LOG = LoggerFactory.getLogger(OdooSide.class);

  /** For all that goes on with a server that may be gone. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Foundation base;
  private final DeviceManager devices;
  private final OdooHandlers handlers;
  private final OdooClient services;
  private final Optional<PairingCodes> codes;
  final OdooLink link;
  final Bus bus;

  OdooSide(Foundation base, DeviceSide devices, HandlerSide handlers) {
    this.base = base;
    this.devices = devices.manager;
    this.handlers =
        new OdooHandlers(handlers.loader, handlers.starts, base.options().archiveLimits());
    services = base.parts().started(new OdooClient());
    OdooClient client = base.options().insecureOdoo() ? base.parts().started(insecure()) : services;
    link =
        new OdooLink(
            new CredentialStore(base.data()),
            base.identity(),
            this.devices::status,
            this.handlers,
            new HandlerCache(base.data()),
            client,
            base.threads(),
            base.options().handlersInterval());
    bus =
        new Bus(
            base.identity(),
            this.devices,
            devices.events,
            link,
            client,
            base.data(),
            base.threads());
    codes = Optional.ofNullable(base.options().pairingProxy()).map(this::codes);
  }

  private PairingCodes codes(String url) {
    return base.parts()
        .started(
            PairingCodes.of(url, base.identity().identifier(), services, link, base.threads()));
  }

  private static OdooClient insecure() {
    LOG.warn(
        "--insecure-odoo: any certificate is taken for Odoo's, so whoever is on the network can"
            + " read the token and send actions and handlers. For laboratories only.");
    return OdooClient.insecure();
  }

  /** A new one that hears of the link, or {@code null} if none is to be asked. */
  CertificateService certificateService() {
    String url = base.options().certificateService();
    return url == null
        ? null
        : CertificateService.of(url, base.identity().identifier(), services, link);
  }

  /** What people do and see of it. */
  OdooControl panel() {
    return new OdooPanel(
        link,
        handlers,
        this::pairingCode,
        bus,
        base.options().insecureOdoo(),
        base.options().signatures().requests());
  }

  private Shown pairingCode() {
    return codes.map(PairingCodes::shown).orElse(Shown.NOTHING);
  }

  /**
   * What printers and displays tell of the box.
   *
   * @param network how browsers reach it now
   */
  BoxFacts facts(NetworkView network) {
    BoxIdentity identity = base.identity();
    OdooStatus status = link.status();
    return new BoxFacts(
        identity.identifier(),
        identity.version(),
        identity.hostname(),
        network.address(),
        network.urls(),
        network.reachable(),
        pairingCode().code(),
        status.url(),
        status.state().word(),
        status.detail());
  }

  /**
   * The pairing that was asked for; {@code null} for the one that is kept, if there is one. Starts
   * the stand-in for Odoo if that is asked for.
   */
  Pairing wanted() throws StartupException {
    try {
      if (base.options().demo()) {
        return Pairing.parse(Demonstration.start(base.threads(), base.parts()));
      }
      String asked = base.options().odoo();
      return asked == null ? null : Pairing.parse(asked);
    } catch (BadPairingException e) {
      throw new StartupException("--odoo: " + e.getMessage());
    }
  }

  /** Joins with the link all who hear of it; before the start. */
  void join(SetUp setUp, Displays displays) {
    devices.onChange(link::devicesChanged);
    link.tell(setUp);
    link.tell(bus);
    link.tell(
        new KeyboardLayouts(
            devices::status, () -> KnownLayouts.in(KnownLayouts.file()), base.threads().work()));
    LogShipper shipper = new LogShipper(base.identity(), base.threads());
    link.tell(shipper);
    DisplayUrls urls =
        new DisplayUrls(
            base.threads().work(), link::identifier, () -> Displays.among(devices.status()));
    link.tell(urls);
    displays.follow(urls);
    base.parts().started(new Together(base.threads().work(), PATIENCE, link, bus, shipper));
    base.parts().started(OdooLogAppender.shipWith(shipper));
  }

  /**
   * Begins to speak with the server.
   *
   * @param pairing the {@linkplain #wanted() wanted} one, or {@code null}
   */
  void start(Pairing pairing) {
    if (pairing != null) {
      // Before the start, or the handlers of a former server would run for a moment.
      link.pair(pairing);
    }
    link.start();
  }
}
