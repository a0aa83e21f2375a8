package iotbox.box.guard;

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
        .filter(frame -> !frame.getClassName().startsWith("jdk.internal.reflect."))
        .limit(MOST_FRAMES)
        .map(HandlerStall::words)
        .toList();
  }

  /** Without the class loader and the module, which say nothing to an author. */
  private static String words(StackTraceElement frame) {
    return new StackTraceElement(
            frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
        .toString();
  }

  private static String at(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .limit(SHOWN_FRAMES)
        .map(frame -> " at " + words(frame))
        .collect(Collectors.joining(""));
  }
}
