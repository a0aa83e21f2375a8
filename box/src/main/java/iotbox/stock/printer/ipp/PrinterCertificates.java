package iotbox.stock.printer.ipp;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * Takes the certificates of printers, which nobody has signed but themselves: what is printed is
 * encrypted on its way, but whoever is in the network and answers for a printer gets it.
 */
final class PrinterCertificates implements X509TrustManager {
  private PrinterCertificates() {}

  static OkHttpClient.Builder accept(OkHttpClient.Builder builder) {
    try {
      PrinterCertificates any = new PrinterCertificates();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {any}, null);
      return builder
          .sslSocketFactory(context.getSocketFactory(), any)
          .hostnameVerifier((name, session) -> true);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no TLS", e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {}

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
