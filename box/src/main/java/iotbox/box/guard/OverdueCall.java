package iotbox.box.guard;

import java.time.Instant;
import java.util.List;

/**
 * A call into a handler that is past its deadline and has not come back although its thread was
 * interrupted; an entry of {@code overdue} in {@code /api/status}. Its thread is lost until it
 * returns by itself.
 *
 * @param className the handler's
 * @param call such as {@code supported}
 * @param device the identifier of the device that it is about, or {@code null}
 * @param since when it was interrupted
 * @param stack where it was then, the innermost call first
 */
public record OverdueCall(
    String className, String call, String device, Instant since, List<String> stack) {
  public OverdueCall {
    stack = List.copyOf(stack);
  }
}
