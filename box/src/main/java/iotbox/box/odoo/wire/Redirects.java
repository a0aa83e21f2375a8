package iotbox.box.odoo.wire;

import iotbox.box.odoo.wire.OdooException.Kind;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Which redirections are followed: the calls carry the token, so it must stay with its server. */
public final class Redirects {
  private Redirects() {}

  /**
   * Where to send the call again, or {@code null} if this is the answer.
   *
   * @throws OdooException if the server points elsewhere; the message names the other server only,
   *     as the rest of an address may carry secrets
   */
  public static HttpUrl next(HttpUrl from, Response response) throws OdooException {
    int status = response.code();
    if (status == 304 || !response.isRedirect() && status != 307 && status != 308) {
      return null;
    }
    String location = response.header("Location");
    HttpUrl to = location == null ? null : from.resolve(location);
    if (to == null) {
      throw new OdooException(
          Kind.BAD_ANSWER,
          from.host() + " answered a redirection (HTTP " + status + ") to nowhere.");
    }
    boolean same = from.scheme().equals(to.scheme()) && from.port() == to.port();
    boolean upgrade = to.isHttps() && !from.isHttps();
    if (!from.host().equals(to.host()) || !same && !upgrade) {
      throw new OdooException(
          Kind.BAD_ANSWER,
          from.host()
              + " redirects to another server, "
              + to.scheme()
              + "://"
              + to.host()
              + ":"
              + to.port()
              + ". If that is right, pair the box with that address.");
    }
    if (status == 303 || !from.encodedPath().equals(to.encodedPath())) {
      // Not the call at another place but a page to look at, such as a log-in.
      throw new OdooException(
          Kind.BAD_ANSWER,
          from.host()
              + " sends "
              + from.encodedPath()
              + " to the page "
              + to.encodedPath()
              + ". Is the database's name part of the pairing token?");
    }
    return to;
  }
}
