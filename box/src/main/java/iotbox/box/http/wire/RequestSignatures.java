package iotbox.box.http.wire;

import io.javalin.http.Context;
import iotbox.box.http.part.OdooControl;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import javax.crypto.SecretKey;

/**
 * The signatures that servers of 19 and later have their pages send in {@code Authorization}
 * (protocol section 2): an HMAC, keyed with the pairing token, over the time, the path, the query
 * and the parameters. One that is sent must be right; whether one must be sent is for the owner to
 * say.
 *
 * <p>The time is not sent along: it is one of the seconds around now. The same signature is right
 * as often as it comes meanwhile, as on Odoo's own boxes, since a page that polls twice within a
 * second sends the same thing twice; an action that must not be done twice has an {@code
 * action_unique_id}.
 *
 * <p>Neither tokens nor signatures get into messages. Threads: any number at a time.
 */
public final class RequestSignatures {
  private static final String VALID = RequestSignatures.class.getName();
  private static final String HEADER = "Authorization";

  private static final String WRONG =
      "The signature of this request is wrong. Either it was not made with this box's token, or the"
          + " clocks of the Odoo server and of the box differ by more than "
          + SignedMessage.WINDOW
          + " seconds; set both by the network's time.";
  private static final String UNSIGNED =
      "This box takes signed requests only, as Odoo 19 and later send them, and this one is not"
          + " signed. On the box's own page, log in as the owner. To take others, start the box"
          + " without --require-signed-requests.";
  private static final String UNPAIRED =
      "This box takes signed requests only, and belongs to no Odoo whose signature it could check;"
          + " pair it first.";

  private final OdooControl odoo;
  private final Predicate<Context> owners;
  private final Clock clock;

  /**
   * @param owners whether the owner of the box wants a request: the box's own page cannot sign
   */
  public RequestSignatures(OdooControl odoo, Predicate<Context> owners, Clock clock) {
    this.odoo = odoo;
    this.owners = owners;
    this.clock = clock;
  }

  /** Whether the request carried a signature of the paired Odoo that was found right. */
  public static boolean isValid(Context ctx) {
    return Boolean.TRUE.equals(ctx.attribute(VALID));
  }

  /**
   * Looks at the request's signature, if it has one. While the box belongs to nobody there is no
   * token, and so nothing to tell right from wrong by: a signature counts as none then.
   *
   * @throws RpcException with the code 403 if it is wrong, or there is none and must be one
   */
  public void check(Context ctx, Params params) throws RpcException {
    String signature = signature(ctx);
    if (signature == null && !odoo.requiresSignedRequests()) {
      return;
    }
    Optional<SecretKey> key = odoo.requestKey();
    if (signature != null && key.isPresent()) {
      SignedMessage message = SignedMessage.of(ctx.path(), ctx.queryString(), params);
      if (!message.isSignedBy(signature, key.get(), clock.instant().getEpochSecond())) {
        throw RpcException.forbidden(WRONG);
      }
      ctx.attribute(VALID, true);
    } else if (odoo.requiresSignedRequests() && !owners.test(ctx)) {
      throw RpcException.forbidden(key.isPresent() ? UNSIGNED : UNPAIRED);
    }
  }

  /** Credentials with a scheme, such as Basic, are for a proxy on the way. */
  private static String signature(Context ctx) {
    String header = ctx.header(HEADER);
    return header == null || header.isBlank() || header.strip().contains(" ")
        ? null
        : header.strip();
  }
}
