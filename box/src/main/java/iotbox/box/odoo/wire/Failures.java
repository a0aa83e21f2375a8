package iotbox.box.odoo.wire;

import iotbox.box.odoo.wire.OdooException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says in a sentence why a call got no answer. */
public final class Failures {
  private Failures() {}

  public static OdooException describe(String host, String name, IOException e) {
    if (e instanceof UnknownHostException) {
      return unconnected(
          "The name " + host + " cannot be found. Check the address and the box's network.", e);
    }
    if (e instanceof NoRouteToHostException) {
      return unconnected("There is no way to " + host + ". Check the box's network.", e);
    }
    if (e instanceof ConnectException) {
      return unconnected(
          host + " accepts no connection. Is the server running, and the port right?", e);
    }
    if (e instanceof SSLPeerUnverifiedException || e.getCause() instanceof CertificateException) {
      return unconnected(
          "The certificate of " + host + " is not trusted. Check the address and the box's clock.",
          e);
    }
    if (e instanceof SSLException) {
      return unconnected(
          host + " agrees on no HTTPS connection. Is it https, and is the port right?", e);
    }
    if (connecting(e)) {
      return unconnected(host + " did not answer the attempt to connect in time.", e);
    }
    if (e instanceof InterruptedIOException) {
      return new OdooException(Kind.NO_ANSWER, name + " did not answer in time.", e);
    }
    return new OdooException(
        Kind.NO_ANSWER,
        "The connection to " + name + " broke off before the answer was complete.",
        e);
  }

  // The JDK tells this time-out from the others by its message only.
  private static boolean connecting(IOException e) {
    return e instanceof SocketTimeoutException
        && e.getMessage() != null
        && e.getMessage().toLowerCase(Locale.ROOT).contains("connect");
  }

  private static OdooException unconnected(String message, IOException e) {
    return new OdooException(Kind.NO_CONNECTION, message, e);
  }
}
