package iotbox.box.leftover;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.Security;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import javax.net.ssl.HttpsURLConnection;

/** The settings of the JVM that hold an object for all, and can be asked for it. */
final class BoxWide {
  private BoxWide() {}

  /** Which of them hold an object of these classes, in words. */
  static List<String> heldBy(ClassLoader classes) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(
        "the default handler of uncaught exceptions", Thread.getDefaultUncaughtExceptionHandler());
    settings.put("the default Authenticator", Authenticator.getDefault());
    settings.put("the default CookieHandler", CookieHandler.getDefault());
    settings.put("the default ProxySelector", ProxySelector.getDefault());
    settings.put("the default ResponseCache", ResponseCache.getDefault());
    settings.put("the default HostnameVerifier", HttpsURLConnection.getDefaultHostnameVerifier());
    settings.put("the default SSLSocketFactory", HttpsURLConnection.getDefaultSSLSocketFactory());
    settings.put("System.err", System.err);
    for (var provider : Security.getProviders()) {
      settings.put("the security provider " + provider.getName(), provider);
    }
    for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
      settings.put("a handler of java.util.logging", handler);
    }
    System.getProperties().forEach((key, value) -> settings.put("system property " + key, value));
    List<String> held = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          if (value != null && value.getClass().getClassLoader() == classes) {
            held.add(name);
          }
        });
    return held;
  }
}
