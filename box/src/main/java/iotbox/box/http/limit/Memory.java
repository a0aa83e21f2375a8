package iotbox.box.http.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that many share. On any thread; nobody waits for it. */
final class Memory {
  private final long most;
  private final Memory whole;
  private final AtomicLong taken = new AtomicLong();

  Memory(long most) {
    this(most, null);
  }

  private Memory(long most, Memory whole) {
    this.most = most;
    this.whole = whole;
  }

  /** A part of it: what is taken there is taken here, too. */
  Memory part(long ofIt) {
    return new Memory(ofIt, this);
  }

  /** Takes so many bytes, or none if there are fewer. */
  boolean take(long bytes) {
    boolean had = taken.addAndGet(bytes) <= most;
    if (had && (whole == null || whole.take(bytes))) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
    if (whole != null) {
      whole.give(bytes);
    }
  }

  long taken() {
    return taken.get();
  }
}
