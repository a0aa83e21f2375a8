package iotbox.stock.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A wire that is made anew when nothing at all comes back for what is sent: the other end may have
 * gone without a word, a server that was switched off for instance, and TCP tells so after a
 * quarter of an hour only. If it can be reached again, nobody notices; a device that is silent for
 * good is not the reason to connect ever again, so the pauses grow.
 */
final class FreshWire implements Wire {
  static final Duration FIRST_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(5);

  private final Opener opener;
  private final LongSupplier nanoTime;
  private Wire wire;
  private Duration patience = FIRST_PATIENCE;

  /** Whether something was sent since something came. */
  private boolean waiting;

  private long waitingSince;

  /** Makes a connection. */
  interface Opener {
    Wire open() throws IOException;
  }

  FreshWire(Opener opener) throws IOException {
    this(opener, System::nanoTime);
  }

  FreshWire(Opener opener, LongSupplier nanoTime) throws IOException {
    this.opener = opener;
    this.nanoTime = nanoTime;
    this.wire = opener.open();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    long now = nanoTime.getAsLong();
    if (waiting && now - waitingSince > patience.toNanos()) {
      wire.close(); // First, as many servers have one connection at a time.
      wire = opener.open();
      waiting = false;
      Duration longer = patience.multipliedBy(2);
      patience = longer.compareTo(LONGEST_PATIENCE) < 0 ? longer : LONGEST_PATIENCE;
    }
    wire.write(bytes);
    if (!waiting) {
      waiting = true;
      waitingSince = now;
    }
  }

  @Override
  public int read(byte[] into) throws IOException {
    int count = wire.read(into);
    if (count > 0) {
      waiting = false;
      patience = FIRST_PATIENCE;
    }
    return count;
  }

  @Override
  public void discardInput() throws IOException {
    wire.discardInput();
  }

  @Override
  public void check() throws IOException {
    wire.check();
  }

  @Override
  public void close() {
    wire.close();
  }
}
