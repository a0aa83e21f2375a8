package iotbox.box.http;

import java.security.KeyStore;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The box's HTTPS port; its certificate can be changed while connections are open. */
public final class HttpsDoor {
  private final HttpConfiguration https;
  private final SslContextFactory.Server tls = new SslContextFactory.Server();
  private volatile int port;

  HttpsDoor(HttpConfiguration plain, KeyStore keys, char[] password) {
    https = new HttpConfiguration(plain);
    // Browsers come by address and by whatever name people gave the host, so no name is refused.
    https.addCustomizer(new SecureRequestCustomizer(false));
    tls.setRenegotiationAllowed(false); // It costs the box more than the client, at any time.
    use(tls, keys, password);
  }

  ConnectionFactory[] protocols() {
    ConnectionFactory http = new OrderlyHttp(https);
    return new ConnectionFactory[] {new SslConnectionFactory(tls, http.getProtocol()), http};
  }

  void opened(int onPort) {
    port = onPort;
  }

  /** The port that it really has. */
  public int port() {
    return port;
  }

  /** New connections get this certificate; those that are open, such as long polls, stay. */
  public void renew(KeyStore keys, char[] password) {
    try {
      tls.reload(factory -> use(factory, keys, password));
    } catch (Exception e) {
      throw new IllegalStateException("The certificate cannot be used: " + e.getMessage(), e);
    }
  }

  private static void use(SslContextFactory factory, KeyStore keys, char[] password) {
    factory.setKeyStore(keys);
    factory.setKeyStorePassword(new String(password));
  }
}
