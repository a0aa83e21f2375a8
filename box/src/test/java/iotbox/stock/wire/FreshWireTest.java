package iotbox.stock.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FreshWireTest {
  private static final byte[] REQUEST = {'W'};

  private final AtomicLong now = new AtomicLong();
  private final List<TestWire> made = new ArrayList<>();
  private boolean reachable = true;

  @Test
  void aSilentWireIsMadeAnewWithGrowingPauses() throws IOException {
    FreshWire wire = open();
    wire.write(REQUEST);
    later(9);
    wire.write(REQUEST);
    assertEquals(1, made.size());
    later(2);
    wire.write(REQUEST);
    assertEquals(List.of(true, false), made.stream().map(each -> each.closed).toList());
    assertEquals(1, made.get(1).written);
    later(19);
    wire.write(REQUEST);
    assertEquals(2, made.size(), "the next patience is twice as long");
    later(2);
    wire.write(REQUEST);
    assertEquals(3, made.size());
  }

  @Test
  void whatComesKeepsItAndItIsNotTheSilenceThatCounts() throws IOException {
    FreshWire wire = open();
    later(1000); // Nothing was asked.
    wire.write(REQUEST);
    made.get(0).coming = 1;
    wire.read(new byte[8]);
    later(1000);
    wire.write(REQUEST);
    assertEquals(1, made.size());
  }

  @Test
  void oneThatCannotBeMadeAnewIsLost() throws IOException {
    FreshWire wire = open();
    wire.write(REQUEST);
    later(11);
    reachable = false;
    assertThrows(IOException.class, () -> wire.write(REQUEST));
  }

  private FreshWire open() throws IOException {
    return new FreshWire(this::make, now::get);
  }

  private Wire make() throws IOException {
    if (!reachable) {
      throw new IOException("no");
    }
    made.add(new TestWire());
    return made.get(made.size() - 1);
  }

  private void later(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static final class TestWire implements Wire {
    private int written;
    private int coming;
    private boolean closed;

    @Override
    public void write(byte[] bytes) {
      written++;
    }

    @Override
    public int read(byte[] into) {
      return coming;
    }

    @Override
    public void discardInput() {}

    @Override
    public void check() {}

    @Override
    public void close() {
      closed = true;
    }
  }
}
