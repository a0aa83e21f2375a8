package iotbox.stock.input;

/**
 * What a device tells: Linux' {@code struct input_event}.
 *
 * @param type {@link #SYNC}, {@link #KEY}, or another that keyboards do not need
 * @param code of a key: where it is on the keyboard, whatever is printed on it
 * @param value of a key: 0 it was let go, 1 it was pressed, 2 it is held
 * @param micros when, in microseconds since some moment
 */
public record InputEvent(int type, int code, int value, long micros) {
  /** {@code EV_SYN}: what came before belongs together. */
  public static final int SYNC = 0;

  /** {@code EV_KEY}. */
  public static final int KEY = 1;

  private static final int REPORT = 0;
  private static final int DROPPED = 3;

  /** Whether a key was pressed, just now. */
  public boolean pressed() {
    return type == KEY && value == 1;
  }

  /** Whether a key was let go. */
  public boolean released() {
    return type == KEY && value == 0;
  }

  /** {@code SYN_DROPPED}: nobody read for too long, and events are lost. */
  public boolean lossTold() {
    return type == SYNC && code == DROPPED;
  }

  /** {@code SYN_REPORT}: what belongs together is complete. */
  public boolean complete() {
    return type == SYNC && code == REPORT;
  }
}
