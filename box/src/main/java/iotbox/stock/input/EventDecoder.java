package iotbox.stock.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes events of the bytes of one file, however they are cut. An event has a time of two of the
 * system's words, a type and a code of 16 bits and a value of 32: 24 bytes on 64-bit systems, 16 on
 * others. For one thread.
 */
final class EventDecoder {
  private static final int MILLION = 1_000_000;

  private final int wordBytes;
  private final ByteBuffer pending;

  /**
   * @param wordBytes of a {@code long} of this system, 8 or 4
   */
  EventDecoder(int wordBytes) {
    this.wordBytes = wordBytes;
    this.pending = ByteBuffer.allocate(2 * wordBytes + 8).order(ByteOrder.nativeOrder());
  }

  /** The events that these bytes complete. */
  List<InputEvent> take(byte[] bytes, int count) {
    List<InputEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pending.put(bytes[i]);
      if (!pending.hasRemaining()) {
        pending.flip();
        long seconds = word();
        long micros = word();
        int type = pending.getShort() & 0xffff;
        int code = pending.getShort() & 0xffff;
        events.add(new InputEvent(type, code, pending.getInt(), seconds * MILLION + micros));
        pending.clear();
      }
    }
    return events;
  }

  private long word() {
    return wordBytes == Long.BYTES ? pending.getLong() : pending.getInt() & 0xffffffffL;
  }
}
