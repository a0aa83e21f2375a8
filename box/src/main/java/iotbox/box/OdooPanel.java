package iotbox.box;

import iotbox.box.device.open.ActionResult;
import iotbox.box.http.part.BusView;
import iotbox.box.http.part.OdooControl;
import iotbox.box.http.part.OdooView;
import iotbox.box.odoo.OdooLink;
import iotbox.box.odoo.OdooStatus;
import iotbox.box.odoo.PairingCodes;
import iotbox.box.odoo.bus.BoxActions;
import iotbox.box.odoo.bus.Bus;
import iotbox.box.odoo.bus.BusStatus;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.ServerLine;
import iotbox.handler.ActionData;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/** What people do and see of the link with Odoo. */
final class OdooPanel implements OdooControl {
  private final OdooLink link;
  private final OdooHandlers handlers;
  private final Supplier<PairingCodes.Shown> codes;
  private final Bus bus;
  private final boolean insecure;
  private final boolean signedRequests;

  OdooPanel(
      OdooLink link,
      OdooHandlers handlers,
      Supplier<PairingCodes.Shown> codes,
      Bus bus,
      boolean insecure,
      boolean signedRequests) {
    this.link = link;
    this.handlers = handlers;
    this.codes = codes;
    this.bus = bus;
    this.insecure = insecure;
    this.signedRequests = signedRequests;
  }

  @Override
  public OdooView view() {
    OdooStatus status = link.status();
    boolean unpaired = status.state() == OdooStatus.State.UNPAIRED;
    PairingCodes.Shown code = unpaired ? codes.get() : PairingCodes.Shown.NOTHING;
    return new OdooView(
        status.url(),
        status.state().word(),
        unpaired ? code.detail() : detail(status),
        status.lastSync(),
        code.code(),
        insecure);
  }

  private String detail(OdooStatus status) {
    String held = handlers.held().orElse(null);
    String detail = status.detail();
    if (held == null || detail == null) {
      return held == null ? detail : held;
    }
    return detail.contains(held) ? detail : detail + " " + held;
  }

  @Override
  public BusView bus() {
    BusStatus status = bus.status();
    return new BusView(status.connected(), status.since(), status.waiting(), status.dropped());
  }

  @Override
  public CompletableFuture<ActionResult> boxAction(ActionData action, boolean vouched) {
    BoxActions actions = bus.boxActions();
    return vouched ? actions.forVouchedPage(action) : actions.forPage(action.action());
  }

  @Override
  public CompletableFuture<Optional<String>> pair(String token) {
    try {
      return link.propose(Pairing.parse(token));
    } catch (BadPairingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public CompletableFuture<Void> unpair() {
    return link.unpair();
  }

  @Override
  public void reload() {
    if (link.status().state() == OdooStatus.State.UNPAIRED) {
      throw new IllegalStateException(
          "The box is not paired with an Odoo; pair it first, then it can load handlers.");
    }
    link.reloadHandlers();
  }

  @Override
  public boolean answersActions() {
    return link.serverSerie().map(ServerLine::of).map(ServerLine::answersActions).orElse(true);
  }

  @Override
  public Optional<SecretKey> requestKey() {
    return link.requestKey();
  }

  @Override
  public boolean requiresSignedRequests() {
    return signedRequests;
  }

  @Override
  public String boxIdentifier() {
    return link.identifier();
  }
}
