package iotbox.box.odoo.bus;

import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.Redirects;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * One websocket from its opening to its end. Tells its end exactly once, and nothing after that.
 * Everything is told on threads of OkHttp, one at a time; {@link #end} may be called on any.
 */
final class BusConnection extends WebSocketListener {
  static final String USER_AGENT = "OdooIoTBox/1.0";

  /** A document to print comes as one message. */
  static final int LARGEST_MESSAGE = 16 << 20;

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  private static final int NORMAL_CLOSURE = 1000;

  private final Events events;
  private final BoundedSockets sockets = new BoundedSockets(LARGEST_MESSAGE);
  private final AtomicBoolean ended = new AtomicBoolean();

  // Also written on OkHttp's thread, which may come first.
  private volatile WebSocket socket;

  /** What is told of a connection. */
  interface Events {
    /** The server answered; now is the time to subscribe. */
    void opened(BusConnection connection);

    /** A frame of text arrived whole. The next one is read when this returns. */
    void received(BusConnection connection, String frame);

    /**
     * The connection is over, or never came about.
     *
     * @param moved where the server says that it is to be found, or {@code null}
     */
    void ended(BusConnection connection, String why, HttpUrl moved);
  }

  /**
   * @param database that is named in a header as in all calls to Odoo, or {@code null}
   * @param cookie or {@code null}
   */
  BusConnection(
      OdooClient client, HttpUrl url, String database, String cookie, BusPace pace, Events events) {
    this.events = events;
    Request.Builder request = new Request.Builder().url(url).header("User-Agent", USER_AGENT);
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    if (database != null) {
      request.header("X-Odoo-Database", database);
    }
    OkHttpClient http =
        client
            .http()
            .newBuilder()
            .socketFactory(sockets)
            .pingInterval(pace.ping().toNanos(), TimeUnit.NANOSECONDS)
            .addInterceptor(BusConnection::uncompressed)
            .build();
    this.socket = http.newWebSocket(request.build(), this);
  }

  /** Without compression: a small message could become one of any size. */
  private static Response uncompressed(Interceptor.Chain chain) throws IOException {
    Response response =
        chain.proceed(chain.request().newBuilder().removeHeader(EXTENSIONS).build());
    return response.newBuilder().removeHeader(EXTENSIONS).build();
  }

  /** Sends a text; after the end, without effect. */
  void send(String text) {
    socket.send(text);
  }

  /** Ends it; nothing is told of it from now on. */
  void end() {
    ended.set(true);
    socket.cancel(); // A polite end would have to wait for a server that may not be there.
  }

  /** Ends it at once, which is told like any other end. */
  void giveUp() {
    socket.cancel();
  }

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    socket = webSocket;
    sockets.arrived();
    if (!ended.get()) {
      events.opened(this);
    }
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    sockets.arrived();
    if (!ended.get()) {
      events.received(this, text);
    }
  }

  @Override
  public void onMessage(WebSocket webSocket, ByteString bytes) {
    sockets.arrived(); // Odoo sends none.
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(NORMAL_CLOSURE, null);
    tellEnd("the server closed it (code " + code + ")", null);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable failure, Response response) {
    HttpUrl moved = null;
    String why = failure.getMessage() == null ? "the connection broke off" : failure.getMessage();
    if (response != null && response.code() != 101) {
      why = "the server answered HTTP " + response.code();
      try {
        moved = Redirects.next(response.request().url(), response);
      } catch (OdooException e) {
        why = e.getMessage();
      }
    }
    tellEnd(why, moved);
  }

  private void tellEnd(String why, HttpUrl moved) {
    if (!ended.getAndSet(true)) {
      events.ended(this, why, moved);
    }
  }
}
