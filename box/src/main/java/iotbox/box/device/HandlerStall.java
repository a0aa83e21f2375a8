package iotbox.box.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A call into a handler did not return in time; the stack trace is that of its thread at that
 * moment.
 */
public final class HandlerStall extends HandlerFault {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_FRAMES = 3;
  private static final int MOST_FRAMES = 50;

  HandlerStall(String call, Duration deadline, StackTraceElement[] stack) {
    super(call + " has not returned within " + deadline.toMillis() + " ms" + at(stack), null);
    setStackTrace(stack);
  }

  /** The stack down to where the box called, the innermost call first. */
  List<String> stack() {
    return Arrays.stream(getStackTrace())
        .takeWhile(frame -> !frame.getClassName().equals(GuardedCall.class.getName()))
        .limit(MOST_FRAMES)
        .map(StackTraceElement::toString)
        .toList();
  }

  private static String at(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .limit(SHOWN_FRAMES)
        .map(frame -> " at " + frame)
        .collect(Collectors.joining(""));
  }
}
