package iotbox.box.odoo.wire;

import iotbox.box.odoo.pairing.Pairing;
import java.time.Duration;
import okhttp3.OkHttpClient;

/**
 * What the connections to all servers share: the connection pool and the time-outs. Safe for use by
 * several threads. The HTTP library is loaded when first needed, never on the way to the first
 * answer.
 *
 * <p>One lock, {@code this}, guards {@code http}; it is not held during I/O.
 */
public final class OdooClient implements AutoCloseable {
  /** With it an attempt in vain takes 12 s at most, so a returning server is noticed within 15. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(4);

  private final Duration patience;
  private final boolean insecure;
  private OkHttpClient http;

  public OdooClient() {
    this(PATIENCE);
  }

  /** One that waits so long for a JSON answer. */
  public OdooClient(Duration patience) {
    this(patience, false);
  }

  private OdooClient(Duration patience, boolean insecure) {
    this.patience = patience;
    this.insecure = insecure;
  }

  /** One for laboratories only: takes any certificate and any name in it for the server's. */
  public static OdooClient insecure() {
    return new OdooClient(PATIENCE, true);
  }

  /** A server to speak with. Opens no connection yet. */
  public OdooServer server(Pairing pairing) {
    return new OdooServer(this, pairing.url(), pairing.dbName());
  }

  /** How long a JSON call may take in all. */
  public Duration patience() {
    return patience;
  }

  /** What all connections are made with; its settings are to be kept by what is derived. */
  public synchronized OkHttpClient http() {
    if (http == null) {
      OkHttpClient.Builder builder =
          new OkHttpClient.Builder()
              .connectTimeout(CONNECT_PATIENCE)
              .readTimeout(patience)
              .writeTimeout(patience)
              // OdooServer follows them itself: only it knows which hosts may see the token.
              .followRedirects(false)
              .followSslRedirects(false);
      if (insecure) {
        AnyCertificate any = new AnyCertificate();
        builder.sslSocketFactory(any.sockets(), any).hostnameVerifier((host, session) -> true);
      }
      http = builder.build();
    }
    return http;
  }

  /**
   * A server fell silent in the middle of a call: the other connections that wait to be used may be
   * as dead, and each would cost a whole time-out to find that out.
   */
  void distrustIdleConnections() {
    http().connectionPool().evictAll();
  }

  /** Ends idle connections; running calls end with their {@link OdooServer}. */
  @Override
  public synchronized void close() {
    if (http != null) {
      http.connectionPool().evictAll();
      http.dispatcher().executorService().shutdown();
    }
  }
}
