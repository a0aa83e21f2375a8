package iotbox.box.odoo.bus;

import iotbox.box.device.DeviceManager;
import iotbox.box.device.open.ActionResult;
import iotbox.box.device.open.ActionResult.Status;
import iotbox.box.event.Event;
import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.bus.PendingActions.Pending;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.handler.ActionData;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has done what a message asks for, and confirms it (protocol section 1.4). Safe for use by several
 * threads; nothing here blocks.
 *
 * <p>The event that follows an action is its confirmation, as with real boxes. Where there is none
 * (no such device, an action that was refused) the result is confirmed instead: exactly one for
 * each action. What printers and payment terminals tell by themselves follows later: servers up to
 * 19.0 take the first confirmation for the end, so they get that one only; later ones are told
 * before that it is pending.
 */
final class BusCommands {
  private static final Logger LOG = LoggerFactory.getLogger(BusCommands.class);
  private static final String ACTION = "action_args";
  private static final String BY_EVENTS = "/iot/box/send_websocket";
  private static final String ENDED =
      "The box was ended before the result of this action was known. Look whether it was done"
          + " before you ask for it again.";

  /** Pictures and files: nobody wants them back. */
  private static final List<String> LARGE = List.of("receipt", "document");

  private final PendingActions pending = new PendingActions();
  private final BoxIdentity box;
  private final DeviceManager devices;
  private final BoxActions boxActions;
  private final Confirmations confirmations;

  /**
   * The actions that run, by their arguments, which are found again, as the same object, in their
   * events.
   */
  private final Map<Map<String, Object>, Interrupted> unconfirmed =
      Collections.synchronizedMap(new IdentityHashMap<>());

  BusCommands(
      BoxIdentity box, DeviceManager devices, BoxActions boxActions, Confirmations confirmations) {
    this.box = box;
    this.devices = devices;
    this.boxActions = boxActions;
    this.confirmations = confirmations;
  }

  /** Whether the message asks something of this box. */
  boolean concerns(BusMessage message) {
    // Told to all who listen, so it names nobody.
    return message.type().equals("bundle_changed")
        || message.isFor(
            box.mac().isEmpty() ? List.of(box.identifier()) : List.of(box.identifier(), box.mac()));
  }

  /**
   * Makes sure that Odoo hears of what the message asks for, even if the box ends in the middle of
   * it; to be called before the message is remembered as done.
   *
   * @return begins to do it
   */
  Runnable prepare(OdooConnection from, BusMessage message) {
    LOG.info("Odoo's bus: {} (message {})", message.type(), message.id());
    switch (message.type()) {
      case "iot_action", "print" -> {
        List<Runnable> actions =
            message.devices().stream().map(device -> actionOn(device, from, message)).toList();
        return () -> actions.forEach(Runnable::run);
      }
      default -> {
        return () ->
            boxActions
                .forOdoo(message)
                .ifPresent(
                    outcome ->
                        outcome.thenAccept(
                            result -> confirm(null, from, message, box(from, message), result)));
      }
    }
  }

  /** Confirms what a device told; Odoo's servers up to 17.0 hear only of documents printed. */
  void published(OdooConnection to, Event event) {
    // Whoever refuses an action says which; jobs are told of in order.
    boolean answer = event.data().get(ACTION) instanceof Map<?, ?>;
    Optional<Pending> ended = answer ? Optional.empty() : pending.endedBy(event);
    if (!to.line().confirmationPath().equals(BY_EVENTS)) {
      ended.ifPresent(action -> ended(action, event));
      return;
    }
    Map<String, Object> params = new LinkedHashMap<>(event.data());
    params.put("owner", event.owner());
    params.put("device_identifier", event.deviceIdentifier());
    params.put("time", event.time());
    // The server takes none without it.
    params.putIfAbsent("status", Status.SUCCESS.word());
    params.put("session_id", event.owner());
    params.put("iot_box_identifier", to.line().identifierOf(box));
    if (event.data().get(ACTION) instanceof Map<?, ?> arguments) {
      params.put(ACTION, withoutLarge(arguments));
      confirmations.answer(unconfirmed.remove(arguments), BY_EVENTS, params);
    } else if (ended.isPresent()) {
      confirmations.answer(ended.get().action(), BY_EVENTS, params);
    } else {
      confirmations.add(BY_EVENTS, params);
    }
  }

  private void ended(Pending action, Event event) {
    boolean well = Status.SUCCESS.word().equals(event.data().get("status"));
    confirm(
        action.action(),
        action.from(),
        action.message(),
        action.device(),
        new ActionResult(well ? Status.SUCCESS : Status.ERROR, event.data().get("message")));
  }

  private Runnable actionOn(String device, OdooConnection from, BusMessage message) {
    ActionData data = ActionData.of(message.payload(), message.sessionId());
    ActionResult ended = new ActionResult(Status.ERROR, ENDED);
    Interrupted interrupted =
        from.line().confirmationPath().equals(BY_EVENTS)
            ? confirmations.begin(message.id(), BY_EVENTS, body(from, message, device, ended))
            : Interrupted.untold(message.id());
    unconfirmed.put(data.asMap(), interrupted);
    Pending mayBePending = new Pending(device, interrupted, from, message);
    return () -> {
      if (!from.line().answersActions()) {
        pending.add(mayBePending).ifPresent(this::confirmTaken);
      }
      devices
          .action(device, data)
          .thenAccept(
              result -> {
                boolean untold = unconfirmed.remove(data.asMap()) != null;
                if (isPending(result) && !from.line().answersActions()) {
                  return; // It tells by itself, or has done so already.
                }
                pending.remove(mayBePending);
                if (untold) {
                  confirm(interrupted, from, message, device, result);
                }
              });
    };
  }

  private static boolean isPending(ActionResult result) {
    return result.status() == Status.SUCCESS && "pending".equals(result.result());
  }

  private void confirmTaken(Pending action) {
    confirm(
        action.action(),
        action.from(),
        action.message(),
        action.device(),
        new ActionResult(Status.SUCCESS, "pending"));
  }

  private String box(OdooConnection from, BusMessage message) {
    List<String> named = message.devices();
    return named.isEmpty() ? from.line().identifierOf(box) : named.get(0);
  }

  private void confirm(
      Interrupted action,
      OdooConnection from,
      BusMessage message,
      String device,
      ActionResult result) {
    String path = from.line().confirmationPath();
    if (path.equals(BY_EVENTS)) {
      confirmations.answer(action, path, body(from, message, device, result));
    } else if (message.text("print_id") == null || result.status() != Status.SUCCESS) {
      LOG.info(
          "{} on {} ended: {}; this line of Odoo has no confirmation for that",
          message.type(),
          device,
          result.status().word());
    } else {
      confirmations.answer(
          action,
          path,
          Map.of(
              "print_id",
              message.payload().get("print_id"),
              "device_identifier",
              device,
              "iot_mac",
              box.mac()));
    }
  }

  private Map<String, Object> body(
      OdooConnection from, BusMessage message, String device, ActionResult result) {
    // What real boxes put where nobody in particular asked.
    String session = message.sessionId() == null ? "0" : message.sessionId();
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("owner", session);
    params.put("device_identifier", device);
    params.put("time", System.currentTimeMillis() / 1e3);
    params.put("status", result.status().word());
    params.put("result", result.result());
    if (result.status() == Status.ERROR) {
      params.put("message", result.result());
    }
    params.put(ACTION, withoutLarge(message.payload()));
    params.put("session_id", session);
    params.put("iot_box_identifier", from.line().identifierOf(box));
    return params;
  }

  private static Map<Object, Object> withoutLarge(Map<?, ?> arguments) {
    Map<Object, Object> told = new LinkedHashMap<>(arguments);
    told.keySet().removeAll(LARGE);
    return told;
  }
}
