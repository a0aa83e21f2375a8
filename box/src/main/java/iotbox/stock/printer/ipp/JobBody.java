package iotbox.stock.printer.ipp;

import iotbox.stock.printer.PrintJob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A job on its way: the request, which has to say what the document is, and then the document. It
 * is made while it is written; its first bytes say what it is.
 */
final class JobBody extends RequestBody {
  private final PrintJob job;
  private final Function<byte[], IppRequest> request;
  private volatile boolean begun;

  /**
   * @param request the request for a document that begins with these bytes
   */
  JobBody(PrintJob job, Function<byte[], IppRequest> request) {
    this.job = job;
    this.request = request;
  }

  /** Whether any byte may have been sent. */
  boolean begun() {
    return begun;
  }

  @Override
  public MediaType contentType() {
    return MediaType.get("application/ipp");
  }

  /** Never sent a second time. */
  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    begun = true;
    Beginning out = new Beginning(sink.outputStream());
    job.body().writeTo(out);
    out.end();
  }

  /** Holds the first bytes back until it is known what they are. */
  private final class Beginning extends OutputStream {
    private final OutputStream out;
    private ByteArrayOutputStream held = new ByteArrayOutputStream();

    Beginning(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (held == null) {
        out.write(bytes, offset, length);
        return;
      }
      held.write(bytes, offset, length);
      if (held.size() >= DocumentFormat.LOOKED_AT) {
        release();
      }
    }

    @Override
    public void flush() throws IOException {
      if (held == null) {
        out.flush();
      }
    }

    void end() throws IOException {
      if (held != null) {
        release();
      }
    }

    private void release() throws IOException {
      byte[] first = held.toByteArray();
      held = null;
      request.apply(first).writeTo(out);
      out.write(first);
    }
  }
}
