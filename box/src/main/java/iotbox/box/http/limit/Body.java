package iotbox.box.http.limit;

import jakarta.servlet.ServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;

/**
 * The body of one request, which has come whole before anybody looks at the request. It counts
 * against the memory for all bodies until the request has been answered, and longer where what came
 * of it is still in use.
 */
public final class Body {
  /** Of a request without a body. */
  public static final Body NONE = new Body(new Memory(0));

  private static final String ATTRIBUTE = Body.class.getName();

  /** So that a client which sends single bytes does not cost many times as much memory. */
  private static final int PIECE = 4 << 10;

  /** From so many bytes on it is a large one. */
  static final int LARGE = 64 << 10;

  private final Memory memory;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicInteger users = new AtomicInteger(1);
  private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
  private long length;

  /** Taken already for what is still to come. */
  private long ahead;

  Body(Memory memory) {
    this.memory = memory;
  }

  /** The request's body, which may be empty. */
  public static Body of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Body body ? body : NONE;
  }

  void addTo(Request request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Takes the memory for all of it, so that nobody is refused in the middle for those behind. */
  boolean expect(long bytes) {
    ahead = bytes;
    return reserve(bytes);
  }

  /** Appends these bytes if there is memory for them. */
  boolean add(ByteBuffer bytes) {
    length += bytes.remaining();
    ByteBuffer last = pieces.peekLast();
    if (last == null || last.remaining() < bytes.remaining()) {
      // The first is most often all there is.
      int size = last == null ? bytes.remaining() : Math.max(PIECE, bytes.remaining());
      long lacking = Math.max(0, size - ahead);
      ahead = Math.max(0, ahead - size);
      if (!reserve(lacking)) {
        return false;
      }
      last = ByteBuffer.allocate(size);
      pieces.add(last);
    }
    last.put(bytes);
    return true;
  }

  /** In bytes. */
  public long length() {
    return length;
  }

  /** Reads it; once, since what has been read is not kept. */
  public InputStream read() {
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return !pieces.isEmpty();
          }

          @Override
          public InputStream nextElement() {
            ByteBuffer piece = pieces.remove();
            return new ByteArrayInputStream(piece.array(), 0, piece.position());
          }
        });
  }

  /** Whether it has come to be a large one. */
  boolean isLarge() {
    return length >= LARGE;
  }

  /**
   * Takes more memory, for what is made of the body.
   *
   * @return whether there was so much
   */
  public boolean reserve(long bytes) {
    if (!memory.take(bytes)) {
      return false;
    }
    taken.addAndGet(bytes);
    return true;
  }

  /** Keeps its memory taken until {@code use} is done, too. While the request is at work only. */
  public void keepFor(CompletableFuture<?> use) {
    if (!use.isDone()) {
      users.incrementAndGet();
      use.whenComplete((result, failure) -> release());
    }
  }

  /** Gives its memory back now, since nobody will read it. */
  void forget() {
    pieces.clear();
    release();
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      memory.give(taken.getAndSet(0));
    }
  }
}
