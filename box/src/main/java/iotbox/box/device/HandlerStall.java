package iotbox.box.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A call into a handler did not return in time; the stack trace is that of its thread at that
 * moment.
 */
public final class HandlerStall extends HandlerFault {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_FRAMES = 3;

  HandlerStall(String call, Duration deadline, StackTraceElement[] stack) {
    super(call + " has not returned within " + deadline.toMillis() + " ms" + at(stack), null);
    setStackTrace(stack);
  }

  private static String at(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .limit(SHOWN_FRAMES)
        .map(frame -> " at " + frame)
        .collect(Collectors.joining(""));
  }
}
