package iotbox.box.odoo.bus;

import iotbox.box.event.Event;
import iotbox.box.odoo.wire.OdooConnection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Actions that a printer or payment terminal was given: that it took them says nothing yet, since
 * it tells by itself what came of them. Safe for all threads; its lock, {@code this}, guards the
 * list.
 */
final class PendingActions {
  private static final int MOST = 200;
  private static final Set<String> TELLING_THEMSELVES = Set.of("printer", "payment");

  private final Deque<Pending> waiting = new ArrayDeque<>();

  /** One that waits for its end. */
  record Pending(String device, Interrupted action, OdooConnection from, BusMessage message) {}

  /**
   * Begins to wait; to be called before the device can tell anything.
   *
   * @return the oldest, if it is not waited for any longer as there are too many
   */
  synchronized Optional<Pending> add(Pending action) {
    waiting.addLast(action);
    return waiting.size() > MOST ? Optional.of(waiting.removeFirst()) : Optional.empty();
  }

  /** Waits no more. */
  synchronized void remove(Pending action) {
    waiting.remove(action);
  }

  /** The action whose end this event is, which is not waited for any more. */
  synchronized Optional<Pending> endedBy(Event event) {
    if (!TELLING_THEMSELVES.contains(event.deviceType())
        || "warning".equals(event.data().get("status"))) {
      return Optional.empty();
    }
    for (Iterator<Pending> each = waiting.iterator(); each.hasNext(); ) {
      Pending action = each.next();
      // They are done in order, so it is the first of that session.
      if (action.device.equals(event.deviceIdentifier())
          && Objects.equals(action.message.sessionId(), event.owner())) {
        each.remove();
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
