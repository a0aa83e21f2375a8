package iotbox.box.http.caller;

import io.javalin.http.Context;
import iotbox.box.access.Owner;
import iotbox.box.access.OwnerPassword;
import iotbox.box.access.RemoteAddress;
import iotbox.box.access.Session;
import iotbox.box.access.TooManyLoginsException;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The owner logs in and out and changes the password. */
public final class SessionRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRoutes.class);
  private static final String WRONG =
      "That is not the owner's password. It was printed when the box was started for the first time"
          + " and may have been changed since; if it is lost, the operator's guide says what to do.";

  private final Owner owner;
  private final OwnerCheck check;
  private final SessionCookies cookies;

  public SessionRoutes(Owner owner, OwnerCheck check, SessionCookies cookies) {
    this.owner = owner;
    this.check = check;
    this.cookies = cookies;
  }

  /** Whether the owner is logged in in this browser, and if so, the token for changes. */
  public void show(Context ctx) {
    answer(ctx, check.session(ctx).orElse(null));
  }

  /** {@code {"password": …}}; 401 if it is wrong, 429 if that was tried too often. */
  public void login(Context ctx) throws RefusedException {
    if (!(RequestBody.object(ctx).get("password") instanceof String password)) {
      throw new RefusedException(400, "Send {\"password\": …} with the owner's password.");
    }
    later(
        ctx,
        () -> owner.login(password, from(ctx)),
        begun ->
            begun.ifPresentOrElse(
                session -> {
                  cookies.token(ctx).ifPresent(owner::logout);
                  cookies.give(ctx, session.token());
                  answer(ctx, session.session());
                },
                () -> Answers.sentence(ctx, 401, WRONG)));
  }

  public void logout(Context ctx) {
    cookies.token(ctx).ifPresent(owner::logout);
    cookies.takeBack(ctx);
    ctx.status(204);
  }

  /**
   * {@code {"present": …, "next": …}}; ends all other sessions. 422 if the present one is wrong:
   * 401 would say that nobody is logged in.
   */
  public void changePassword(Context ctx) throws RefusedException {
    Map<?, ?> request = RequestBody.object(ctx);
    if (!(request.get("present") instanceof String present)
        || !(request.get("next") instanceof String next)) {
      throw new RefusedException(
          400, "Send {\"present\": …, \"next\": …} with the present and the next password.");
    }
    if (!owner.canChangePassword()) {
      throw new RefusedException(
          409, "The password is in the file that --owner-password-file names; change it there.");
    }
    if (next.isBlank()
        || next.length() < OwnerPassword.SHORTEST
        || next.length() > OwnerPassword.LONGEST) {
      throw new RefusedException(
          400,
          "Choose a password of "
              + OwnerPassword.SHORTEST
              + " to "
              + OwnerPassword.LONGEST
              + " characters.");
    }
    String token = cookies.token(ctx).orElseThrow(); // The owner is logged in.
    later(
        ctx,
        () -> owner.changePassword(token, present, next, from(ctx)),
        right -> {
          if (right) {
            ctx.status(204);
          } else {
            Answers.sentence(ctx, 422, "The present password is another one; nothing was changed.");
          }
        });
  }

  /** Something about a password, which takes its time. */
  private interface Look<T> {
    CompletableFuture<T> begin() throws TooManyLoginsException;
  }

  private static <T> void later(Context ctx, Look<T> look, Consumer<T> answer) {
    CompletableFuture<T> future;
    try {
      future = look.begin();
    } catch (TooManyLoginsException e) {
      long seconds = e.pause().plusMillis(999).toSeconds();
      ctx.header("Retry-After", String.valueOf(seconds));
      Answers.sentence(
          ctx, 429, "Too many passwords were tried. Try again in " + seconds + " seconds.");
      return;
    }
    ctx.future(
        () ->
            future
                .thenAccept(answer)
                .exceptionally(
                    failure -> {
                      LOG.error("The owner's password cannot be looked at or kept", failure);
                      refuse(ctx, failure);
                      return null;
                    }));
  }

  private void answer(Context ctx, Session session) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("loggedIn", session != null);
    answer.put("csrfToken", session == null ? null : session.csrfToken());
    answer.put("canChangePassword", owner.canChangePassword());
    Answers.json(ctx, answer);
  }

  private static RemoteAddress from(Context ctx) {
    return new RemoteAddress(ctx.ip());
  }

  private static void refuse(Context ctx, Throwable failure) {
    Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
    if (why instanceof UncheckedIOException disk) {
      RefusedException refusal = RefusedException.notKept(disk.getCause());
      Answers.sentence(ctx, refusal.status(), refusal.getMessage());
    } else {
      Answers.sentence(ctx, 500, Answers.FAULT);
    }
  }
}
