package iotbox.box.http.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that many share. On any thread; nobody waits for it. */
final class Memory {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  Memory(long most) {
    this.most = most;
  }

  /** Whether so many bytes could be had, at this moment. */
  boolean has(long bytes) {
    return taken.get() + bytes <= most;
  }

  /** Takes so many bytes, or none if there are fewer. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    give(bytes);
    return false;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
