package iotbox.box.guard;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that are past their deadline and go on nevertheless. Who would call the same handler
 * again asks here first, so that threads do not pile up. Safe for all threads; no lock.
 */
final class OverdueCalls {
  /** So many may be lost to one interface, or to one driver at one device; then it must wait. */
  private static final int MOST = 3;

  private final Map<GuardedCall<?>, OverdueCall> calls = new ConcurrentHashMap<>();

  /** The call's time is up; remembered until it returns. */
  void add(GuardedCall<?> call, HandlerStall stall, Instant now) {
    CallName name = call.name();
    calls.put(
        call,
        new OverdueCall(
            name.handler().getName(), name.method(), name.device(), now, stall.stack()));
    call.ended().thenRun(() -> calls.remove(call));
  }

  /** All of them, the longest first. */
  List<OverdueCall> now() {
    return calls.values().stream().sorted(Comparator.comparing(OverdueCall::since)).toList();
  }

  /**
   * Why the handler must not be called for this device ({@code null}: for none) until an earlier
   * call returns; {@code null} if it may.
   */
  String objection(CallName wanted) {
    List<Instant> lost =
        calls.entrySet().stream()
            .filter(call -> isOfSame(call.getKey().name(), wanted))
            .map(call -> call.getValue().since())
            .sorted()
            .toList();
    return lost.size() < MOST
        ? null
        : wanted
            + " is not called: "
            + lost.size()
            + " earlier calls have not come back. If they never do, restart the box";
  }

  private static boolean isOfSame(CallName one, CallName other) {
    return one.handler() == other.handler()
        && (one.device() == null ? other.device() == null : one.device().equals(other.device()));
  }
}
