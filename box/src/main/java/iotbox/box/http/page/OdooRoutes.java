package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import iotbox.box.http.part.OdooControl;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a person does on the homepage about Odoo: pair, unpair, load the handlers. */
public final class OdooRoutes {
  private static final String NOT_FORGOTTEN =
      "The box is unpaired, but belongs to its former Odoo again when it starts anew, as the stored"
          + " pairing cannot be deleted: see that the box may write to its data folder, and delete"
          + " credentials.json there. The log tells more.";

  private final OdooControl odoo;

  public OdooRoutes(OdooControl odoo) {
    this.odoo = odoo;
  }

  /**
   * {@code {"token": …}}; 204 when Odoo has accepted the box, 422 with the reason if it has not.
   */
  public void pair(Context ctx) throws RefusedException {
    if (!(RequestBody.object(ctx).get("token") instanceof String token) || token.isBlank()) {
      throw new RefusedException(
          400, "Send {\"token\": …} with the pairing token that Odoo shows for connecting a box.");
    }
    CompletableFuture<Optional<String>> paired;
    try {
      paired = odoo.pair(token.strip());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(400, e.getMessage());
    }
    ctx.future(() -> paired.thenAccept(refusal -> answer(ctx, refusal)));
  }

  private static void answer(Context ctx, Optional<String> refusal) {
    refusal.ifPresentOrElse(why -> Answers.sentence(ctx, 422, why), () -> ctx.status(204));
  }

  /** 204; 500 if the box would be paired again after a restart. */
  public void unpair(Context ctx) {
    ctx.future(
        () ->
            odoo.unpair()
                .handle(
                    (done, failure) -> {
                      if (failure == null) {
                        ctx.status(204);
                      } else {
                        Answers.sentence(ctx, 500, NOT_FORGOTTEN);
                      }
                      return null;
                    }));
  }

  /**
   * As {@link #reload}, under the addresses and with the answer of Odoo's own boxes: {@code
   * /hw_posbox_homepage/load_iot_handlers} of 18.0, {@code /iot_drivers/load_iot_handlers} of 19.0.
   * There only the box's own homepage calls them, and by GET; here a request that changes something
   * is a POST, as any page could have a browser GET it. The link {@code /load_iot_handlers} of 17.0
   * and before can only be a GET and so has no counterpart.
   */
  public void loadHandlers(Context ctx) throws RefusedException {
    reload(ctx);
    ctx.status(200);
    Answers.json(
        ctx, Map.of("status", "success", "message", "The handlers are asked for and loaded."));
  }

  /** 202: whether there was anything new is seen in the status. */
  public void reload(Context ctx) throws RefusedException {
    try {
      odoo.reload();
    } catch (IllegalStateException e) {
      throw new RefusedException(409, e.getMessage());
    }
    ctx.status(202);
  }
}
