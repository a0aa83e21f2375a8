package iotbox.box.http;

import iotbox.box.device.open.ActionResult;
import iotbox.box.http.part.BusView;
import iotbox.box.http.part.OdooControl;
import iotbox.box.http.part.OdooView;
import iotbox.box.odoo.wire.ServerLine;
import iotbox.handler.ActionData;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.SecretKey;

/** The Odoo side as the HTTP side sees it; remembers what it was told. */
final class TestOdoo implements OdooControl {
  final List<String> told = new CopyOnWriteArrayList<>();
  volatile OdooView view = new OdooView(null, "unpaired", null, null, null, false);
  volatile BusView bus = new BusView(false, null, 0, 0);
  volatile String serie;
  volatile SecretKey requestKey;
  volatile boolean requiresSignedRequests;

  /** On the thread that looks at a signature. */
  volatile Runnable beforeKey = () -> {};

  volatile String boxIdentifier = TestBox.IDENTIFIER;

  /** To a pairing. */
  volatile CompletableFuture<Optional<String>> answer =
      CompletableFuture.completedFuture(Optional.empty());

  /** To an unpairing. */
  volatile CompletableFuture<Void> forgotten = CompletableFuture.completedFuture(null);

  @Override
  public OdooView view() {
    if (view == null) {
      throw new IllegalStateException("a secret of the box");
    }
    return view;
  }

  @Override
  public BusView bus() {
    return bus;
  }

  @Override
  public CompletableFuture<ActionResult> boxAction(ActionData data, boolean vouched) {
    String action = data.action();
    told.add((vouched ? "vouched box " : "box ") + action);
    boolean known = action.isEmpty() || action.startsWith("test_");
    return CompletableFuture.completedFuture(
        known
            ? new ActionResult(ActionResult.Status.SUCCESS, null)
            : new ActionResult(ActionResult.Status.ERROR, "No action named " + action + "."));
  }

  @Override
  public CompletableFuture<Optional<String>> pair(String token) {
    if (!token.startsWith("https://")) {
      throw new IllegalArgumentException("That is not a pairing token; copy it again from Odoo.");
    }
    told.add("pair " + token);
    return answer;
  }

  @Override
  public CompletableFuture<Void> unpair() {
    told.add("unpair");
    return forgotten;
  }

  @Override
  public void reload() {
    if (view.state().equals("unpaired")) {
      throw new IllegalStateException("The box is not paired; pair it first.");
    }
    told.add("reload");
  }

  @Override
  public boolean answersActions() {
    if ("broken".equals(serie)) {
      throw new IllegalStateException("a secret of the box");
    }
    return serie == null || ServerLine.of(serie).answersActions();
  }

  @Override
  public Optional<SecretKey> requestKey() {
    beforeKey.run();
    return Optional.ofNullable(requestKey);
  }

  @Override
  public boolean requiresSignedRequests() {
    return requiresSignedRequests;
  }

  @Override
  public String boxIdentifier() {
    return boxIdentifier;
  }
}
