package iotbox.stock.printer;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * What waits for one printer, in order of arrival. Bounded by number and by memory. Safe for all
 * threads; its lock, {@code this}, guards the fields and is held for look-ups only.
 */
final class PrintQueue {
  private static final int MOST_ORDERS = 100;

  /** A document has 18 MB at most, as requests are bounded. One alone is always taken. */
  private static final long MOST_BYTES = 24L << 20;

  private final Queue<PrintOrder> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  /**
   * Adds an order.
   *
   * @throws IllegalStateException with a sentence for people, if it is not taken
   */
  synchronized void add(PrintOrder order) {
    if (closed) {
      throw new IllegalStateException("The printer was disconnected");
    }
    boolean full = waiting.size() >= MOST_ORDERS || bytes + order.bytes() > MOST_BYTES;
    if (full && !waiting.isEmpty()) {
      throw new IllegalStateException(
          "The printer has "
              + waiting.size()
              + " jobs waiting, and takes no more; look what keeps it from printing, then print"
              + " again");
    }
    waiting.add(order);
    bytes += order.bytes();
    notifyAll();
  }

  /** The next order, as soon as there is one. */
  synchronized PrintOrder take() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    PrintOrder next = waiting.remove();
    bytes -= next.bytes();
    return next;
  }

  /** Takes nothing any more; what waited is given back. */
  synchronized List<PrintOrder> close() {
    closed = true;
    List<PrintOrder> left = List.copyOf(waiting);
    waiting.clear();
    bytes = 0;
    return left;
  }
}
