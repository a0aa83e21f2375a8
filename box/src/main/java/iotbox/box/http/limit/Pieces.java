package iotbox.box.http.limit;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Writes a large answer piece by piece. The JDK copies what is written to a socket into memory
 * outside the heap, as much as is written at once, and keeps that for each thread that has ever
 * written so much: a picture for some dozens of listeners would use up all there is of it.
 */
public final class Pieces extends IteratingCallback {
  static final int PIECE = 64 << 10;

  private final Response response;
  private final boolean last;
  private final byte[] bytes;
  private final Callback written;
  private int next;

  private Pieces(Response response, boolean last, byte[] bytes, Callback written) {
    this.response = response;
    this.last = last;
    this.bytes = bytes;
    this.written = written;
  }

  /**
   * Writes these bytes, which are not changed afterwards; does not block.
   *
   * @param last whether the answer ends with them
   * @param written succeeds when all are written, and fails when the client has gone
   */
  public static void write(Response response, boolean last, byte[] bytes, Callback written) {
    if (bytes.length <= PIECE) {
      response.write(last, ByteBuffer.wrap(bytes), written);
    } else {
      new Pieces(response, last, bytes, written).iterate();
    }
  }

  @Override
  protected Action process() {
    if (next == bytes.length) {
      return Action.SUCCEEDED;
    }
    int length = Math.min(PIECE, bytes.length - next);
    ByteBuffer piece = ByteBuffer.wrap(bytes, next, length);
    next += length;
    response.write(last && next == bytes.length, piece, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    written.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    written.failed(cause);
  }
}
