package iotbox.box.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who proves to be the owner by the password is logged in and has a session. On any thread; does
 * not block. Passwords are looked at one after the other, so that guessing leaves the box the other
 * processors.
 */
public final class Owner {
  private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

  private final OwnerPassword password;
  private final Executor work;
  private final Sessions sessions;
  private final LoginLimits limits;

  /** The last look at a password, which the next one waits for; guarded by this. */
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  /**
   * @param work where passwords are looked at, for some tenths of a second each
   */
  public Owner(OwnerPassword password, Executor work, Clock clock) {
    this.password = password;
    this.work = work;
    this.sessions = new Sessions(clock);
    this.limits = new LoginLimits(clock);
  }

  /**
   * Begins a session if the password is right; else the answer is empty.
   *
   * @param from where the request comes from
   * @throws TooManyLoginsException if that was tried too often; the password is not looked at then
   */
  public CompletableFuture<Optional<Session.Begun>> login(String given, RemoteAddress from)
      throws TooManyLoginsException {
    return whenRight(given, from)
        .thenApply(
            right -> {
              LOG.info("{} from {}", right ? "The owner logged in" : "A wrong password", from);
              return right ? Optional.of(sessions.begin()) : Optional.empty();
            });
  }

  /** The session of this token. */
  public Optional<Session> session(String token) {
    return sessions.of(token);
  }

  /** As {@link #session}; it lasts longer thereby, since the owner does something. */
  public Optional<Session> useSession(String token) {
    return sessions.use(token);
  }

  public void logout(String token) {
    sessions.end(token);
  }

  /** Whether {@link #changePassword} is possible: not where the password is in somebody's file. */
  public boolean canChangePassword() {
    return password.canChange();
  }

  /**
   * Changes the password if the present one is right, and ends all sessions but this one; the
   * answer is whether it was. Fails with an {@link UncheckedIOException} if the new one cannot be
   * kept.
   *
   * @throws TooManyLoginsException as with {@link #login}
   */
  public CompletableFuture<Boolean> changePassword(
      String token, String present, String next, RemoteAddress from) throws TooManyLoginsException {
    return whenRight(present, from)
        .thenCompose(
            right ->
                right
                    ? oneByOne(() -> change(token, next))
                    : CompletableFuture.completedFuture(false));
  }

  private boolean change(String token, String next) {
    try {
      password.change(next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sessions.endOthers(token);
    LOG.info("The owner changed the password");
    return true;
  }

  private CompletableFuture<Boolean> whenRight(String given, RemoteAddress from)
      throws TooManyLoginsException {
    Optional<Duration> wait = limits.count(from.network(), from.isLocal());
    if (wait.isPresent()) {
      throw new TooManyLoginsException(wait.get());
    }
    return oneByOne(
        () -> {
          boolean right = given.length() <= OwnerPassword.LONGEST && password.matches(given);
          if (right) {
            limits.succeeded(from.network());
          }
          return right;
        });
  }

  private synchronized <T> CompletableFuture<T> oneByOne(Supplier<T> look) {
    CompletableFuture<T> next = last.handleAsync((before, failure) -> look.get(), work);
    last = next;
    return next;
  }
}
