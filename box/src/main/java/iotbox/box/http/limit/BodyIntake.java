package iotbox.box.http.limit;

import iotbox.box.tally.Tally;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.SerializedInvoker;

/**
 * Takes the body of each request in before the request goes on, so that no thread waits for a
 * client that sends slowly or not at all; a servlet's own stream would block. Refuses what is too
 * long (413), too slow (408) or more than there is memory for (503).
 */
public final class BodyIntake extends Handler.Wrapper {
  private final Memory memory;

  /** For large ones: however many there are of them, a small one must find a place. */
  private final Memory large;

  private final Duration patience;
  private final Tally refusals;

  /**
   * Large ones are taken up one after the other: what is made of one needs several times its size
   * for a moment, and a processor for long. No thread waits for its turn.
   */
  private final SerializedInvoker turns = new SerializedInvoker(BodyIntake.class);

  /**
   * @param refusals where what is not taken is counted
   */
  public BodyIntake(Bounds bounds, Tally refusals) {
    this.refusals = refusals;
    memory = new Memory(bounds.bodyMemory());
    large = memory.part(bounds.bodyMemory() / 4 * 3);
    patience = bounds.patience();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!hasBody(request)) {
      return super.handle(request, response, callback);
    }
    long announced = request.getLength(); // Negative if it comes in chunks.
    if (announced > Bounds.MAX_BODY) {
      refuse(Refusal.TOO_LONG, request, response, callback);
      return true;
    }
    boolean small = announced >= 0 && announced < Body.LARGE;
    Body body = new Body(small ? memory : large);
    if (body.expect(Math.max(0, announced))) {
      Request.addCompletionListener(request, failure -> body.release());
      new Reading(request, response, callback, body).begin();
    } else {
      refuse(Refusal.BUSY, request, response, callback);
    }
    return true;
  }

  private void refuse(Refusal refusal, Request request, Response response, Callback callback) {
    refusals.add(refusal.word());
    refusal.answer(request, response, callback);
  }

  /** How many bytes are taken for bodies now. */
  public long memoryTaken() {
    return memory.taken();
  }

  private static boolean hasBody(Request request) {
    for (HttpField field : request.getHeaders()) {
      if (field.getHeader() == HttpHeader.CONTENT_LENGTH) {
        return field.getLongValue() != 0;
      }
      if (field.getHeader() == HttpHeader.TRANSFER_ENCODING) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads one body: on the request's thread what has already come, then on whichever thread hears
   * of more, one at a time.
   */
  private final class Reading implements Runnable {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Body body;
    private final Pace pace = new Pace(patience);
    private EndPoint waiting;

    Reading(Request request, Response response, Callback callback, Body body) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.body = body;
    }

    void begin() {
      if (read()) {
        takeUp();
      }
    }

    /** More has come, or nothing for too long, or the client has gone. */
    @Override
    public void run() {
      if (read()) {
        waiting.setIdleTimeout(request.getConnectionMetaData().getConnector().getIdleTimeout());
        takeUp();
      }
    }

    private void takeUp() {
      if (body.isLarge()) {
        turns.run(this::goOn);
      } else {
        goOn();
      }
    }

    private void goOn() {
      body.addTo(request);
      Onward.handle(getHandler(), request, response, callback);
    }

    /** Reads what there is; whether that is all. */
    private boolean read() {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          await();
          return false;
        }
        if (Content.Chunk.isFailure(chunk)) {
          refuse(chunk.isLast() ? Refusal.BROKEN_OFF : Refusal.TOO_SLOW);
          return false;
        }
        boolean last = chunk.isLast();
        Refusal refusal = take(chunk.getByteBuffer());
        chunk.release();
        if (refusal == null && !last && pace.isTooSlow()) {
          refusal = Refusal.TOO_SLOW;
        }
        if (refusal != null) {
          refuse(refusal);
          return false;
        }
        if (last) {
          return true;
        }
      }
    }

    private Refusal take(ByteBuffer bytes) {
      if (!bytes.hasRemaining()) {
        return null;
      }
      pace.moved(bytes.remaining());
      if (body.length() + bytes.remaining() > Bounds.MAX_BODY) {
        return Refusal.TOO_LONG;
      }
      return body.add(bytes) ? null : Refusal.BUSY;
    }

    private void await() {
      if (waiting == null) {
        waiting = request.getConnectionMetaData().getConnection().getEndPoint();
        waiting.setIdleTimeout(patience.toMillis());
      }
      request.demand(this);
    }

    private void refuse(Refusal refusal) {
      body.forget();
      BodyIntake.this.refuse(refusal, request, response, callback);
    }
  }
}
