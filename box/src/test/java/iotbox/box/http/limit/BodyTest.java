package iotbox.box.http.limit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BodyTest {

  @Test
  void itIsReadAsItCame() throws Exception {
    Body body = new Body(new Memory(1 << 20));
    byte[] bytes = new byte[100_000];
    for (int i = 0, n = 1; i < bytes.length; n = Math.min(n * 3, bytes.length - i)) {
      for (int k = i; k < i + n; k++) {
        bytes[k] = (byte) (k * 31);
      }
      assertTrue(body.add(ByteBuffer.wrap(bytes, i, n)));
      i += n;
      n = Math.max(1, n);
    }
    assertEquals(bytes.length, body.length());
    assertArrayEquals(bytes, body.read().readAllBytes());
  }

  @Test
  void singleBytesCostNoMoreThanTheyMust() {
    Memory memory = new Memory(1 << 20);
    Body body = new Body(memory);
    for (int i = 0; i < 100_000; i++) {
      assertTrue(body.add(ByteBuffer.wrap(new byte[1])));
    }
    assertTrue(memory.taken() < 110_000, "taken: " + memory.taken());
  }

  @Test
  void itsMemoryIsTakenUntilNobodyUsesIt() {
    Memory memory = new Memory(1_000);
    Body body = new Body(memory);
    assertTrue(body.add(ByteBuffer.wrap(new byte[600])));
    assertFalse(new Body(memory).add(ByteBuffer.wrap(new byte[600])));
    assertTrue(body.reserve(400));
    assertFalse(body.reserve(1));
    CompletableFuture<String> use = new CompletableFuture<>();
    body.keepFor(use);
    body.keepFor(CompletableFuture.completedFuture("over"));

    body.release();
    assertEquals(1_000, memory.taken());
    use.cancel(false);
    assertEquals(0, memory.taken());
  }
}
