package iotbox.box.odoo.bus;

import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.Failures;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.Redirects;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Cookie;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session in which the box is on the bus: on a server with several databases it tells which one
 * is meant (protocol section 1.3).
 */
final class SessionCookie {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCookie.class);
  private static final String NAME = "session_id";

  private SessionCookie() {}

  /**
   * Asks the server; blocks for as long as the client's patience. Empty if the pairing names no
   * database, or if the server gives no session for it: it may have only one.
   *
   * @throws OdooException if the server did not answer
   */
  static Optional<String> of(OdooClient client, Pairing pairing, HttpUrl base)
      throws OdooException {
    if (pairing.dbName() == null) {
      return Optional.empty();
    }
    HttpUrl login =
        base.newBuilder()
            .addPathSegments("web/login")
            .addQueryParameter("db", pairing.dbName())
            .build();
    return ask(client, login, true);
  }

  private static Optional<String> ask(OdooClient client, HttpUrl login, boolean follow)
      throws OdooException {
    Request request =
        new Request.Builder().url(login).header("User-Agent", BusConnection.USER_AGENT).build();
    Call call = client.http().newCall(request);
    call.timeout().timeout(client.patience().toMillis(), TimeUnit.MILLISECONDS);
    String name = login.scheme() + "://" + login.host() + "/web/login";
    try (Response response = call.execute()) {
      int status = response.code();
      boolean elsewhere = status == 301 || status == 307 || status == 308;
      HttpUrl next = elsewhere && follow ? Redirects.next(login, response) : null;
      if (next != null) {
        return ask(client, next, false);
      }
      if (status >= 500) {
        throw new OdooException(
            OdooException.Kind.NO_ANSWER, name + " answered HTTP " + status + ".");
      }
      Optional<String> session =
          Cookie.parseAll(login, response.headers()).stream()
              .filter(cookie -> cookie.name().equals(NAME))
              .map(cookie -> NAME + "=" + cookie.value())
              .findFirst();
      if (session.isEmpty()) {
        LOG.debug("{} gave no session (HTTP {}); the bus is tried without", name, status);
      }
      return session;
    } catch (IOException e) {
      throw Failures.describe(login.host(), name, e);
    }
  }
}
