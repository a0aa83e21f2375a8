package iotbox.stock.keyboard.layout;

/**
 * A keyboard with its layout: which of its keys are held down and which locks are on, and so what
 * the next key means. Keys are told by Linux' codes. Safe for all threads, as a layout may be
 * replaced while somebody types.
 */
public interface Keys extends AutoCloseable {
  /**
   * A key was pressed.
   *
   * @return what that writes, control characters included (Return is {@code "\r"}); an empty text
   *     for keys that write nothing, or nothing yet
   */
  String press(int code);

  /** A key was let go. */
  void release(int code);

  /** Nothing is held down any more, and nothing half written; locks stay. */
  void letGo();

  /** Nothing is written after it. */
  @Override
  void close();
}
