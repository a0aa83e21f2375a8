package iotbox.box.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP whose connections are read by one thread at a time. Jetty (12.1.12 to 12.1.14) answers what
 * is not HTTP on another thread, which then reads on while the first has not let go yet: both give
 * the same buffer back, a second connection gets it while a third has it, and clients see what
 * others have sent, or nothing.
 */
final class OrderlyHttp extends HttpConnectionFactory {
  OrderlyHttp(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection = new Orderly(getHttpConfiguration(), connector, endPoint);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  private static final class Orderly extends HttpConnection {
    /** How often there was something to read that was not looked at to its end. */
    private final AtomicInteger calls = new AtomicInteger();

    private Orderly(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint);
    }

    /** A thread that comes while another is here leaves its turn to that one. */
    @Override
    public void onFillable() {
      if (calls.getAndIncrement() > 0) {
        return;
      }
      do {
        super.onFillable();
      } while (calls.decrementAndGet() > 0);
    }
  }
}
