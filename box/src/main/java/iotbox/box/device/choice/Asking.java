package iotbox.box.device.choice;

import iotbox.box.guard.CallName;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.GuardedCall;
import iotbox.box.guard.HandlerFault;
import iotbox.box.guard.HandlerStall;
import iotbox.box.guard.NotCalled;
import iotbox.box.guard.Pace.Pauses;
import iotbox.box.guard.Trouble;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * The questions of one kind to one driver, about any number of devices: so many at a time, and none
 * for a while when it did not answer again and again. So a driver that hangs at every device costs
 * a bounded number of threads, and each new device's detection no time.
 *
 * <p>One lock, {@code this}, guards the fields. Neither foreign code nor whoever waits for an
 * answer is called under it.
 */
final class Asking {
  /** More than there are ports, and few enough to be lost. */
  private static final int MOST_AT_A_TIME = 32;

  private final DriverGuard guard;
  private final Queue<Question<?>> waiting = new ArrayDeque<>();

  /** How many calls have not come back. */
  private int going;

  /** Whether some thread sees to those that wait, so that no other need. */
  private boolean proceeding;

  /** Those of them that are past their deadline. */
  private final Set<GuardedCall<?>> overdue = new HashSet<>();

  /** Calls past their deadline without one in time between them. */
  private Trouble trouble;

  private record Question<T>(
      CallName name, Duration deadline, Callable<T> foreign, CompletableFuture<T> answer) {}

  Asking(DriverGuard guard) {
    this.guard = guard;
  }

  /**
   * Asks as soon as it may be; does not block. The outcome is the answer or a {@link HandlerFault},
   * {@link NotCalled} if it may not be asked now.
   */
  <T> CompletableFuture<T> ask(CallName name, Duration deadline, Callable<T> foreign) {
    Question<T> question = new Question<>(name, deadline, foreign, new CompletableFuture<>());
    synchronized (this) {
      waiting.add(question);
    }
    proceed();
    return question.answer;
  }

  /** Ends the quarantine, as somebody wants to try. */
  synchronized void forgive() {
    trouble = null;
  }

  /** Why this would not be asked now; {@code null} if it would, perhaps after others. */
  synchronized NotCalled refusal(CallName name) {
    return objection(name);
  }

  private void proceed() {
    synchronized (this) {
      if (proceeding) {
        return; // Also where this thread is the one, further out.
      }
      proceeding = true;
    }
    while (true) {
      Question<?> question;
      NotCalled objection;
      synchronized (this) {
        question = waiting.peek();
        objection = question == null ? null : objection(question.name);
        if (question == null || objection == null && going >= MOST_AT_A_TIME) {
          proceeding = false;
          return;
        }
        waiting.remove();
        going += objection == null ? 1 : 0;
      }
      if (objection == null) {
        call(question);
      } else {
        question.answer.completeExceptionally(objection);
      }
    }
  }

  private NotCalled objection(CallName name) {
    if (trouble != null
        && trouble.quarantined()
        && guard.alarm().now().isBefore(trouble.retryAt())) {
      return new NotCalled(trouble.sentence("It is called again"), trouble.retryAt());
    }
    if (overdue.size() >= MOST_AT_A_TIME) {
      return new NotCalled(
          name
              + " is not called: "
              + overdue.size()
              + " earlier calls have not come back. If they never do, restart the box",
          null);
    }
    String lost = guard.objection(name);
    return lost == null ? null : new NotCalled(lost, null);
  }

  private <T> void call(Question<T> question) {
    GuardedCall<T> call = guard.call(question.name, question.deadline, question.foreign);
    call.outcome().whenComplete((answer, failure) -> answered(question, call, answer, failure));
    call.ended().thenRun(() -> ended(call));
  }

  private <T> void answered(
      Question<T> question, GuardedCall<T> call, T answer, Throwable failure) {
    synchronized (this) {
      if (failure instanceof HandlerStall stall) {
        Pauses pauses = guard.pace().hanging();
        trouble = Trouble.after(trouble, stall, guard.alarm().now(), pauses);
        if (!call.ended().isDone()) {
          overdue.add(call);
        }
      } else {
        trouble = null; // What it throws costs no time.
      }
    }
    if (failure == null) {
      question.answer.complete(answer);
    } else {
      question.answer.completeExceptionally(failure);
    }
    proceed();
  }

  private void ended(GuardedCall<?> call) {
    synchronized (this) {
      going--;
      overdue.remove(call);
    }
    proceed();
  }
}
