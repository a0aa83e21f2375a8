package iotbox.box.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The browsers in which the owner is logged in, in memory only: the end of the program ends them
 * all. Of each browser's token a hash is kept.
 *
 * <p>One lock, held while the map is looked at.
 */
final class Sessions {
  /** Unused for so long, one ends. */
  static final Duration IDLE = Duration.ofHours(1);

  /** Used or not, one ends after this long. */
  static final Duration LONGEST = Duration.ofHours(12);

  /** The one that was used least recently ends when there are more. */
  static final int MOST = 50;

  private static final int TOKEN_BYTES = 32;

  private final Clock clock;

  /** By the hash of the token, the least recently used first; guarded by this. */
  private final Map<String, Running> running = new LinkedHashMap<>();

  private record Running(Session session, Instant begun, Instant used) {
    boolean isOver(Instant now) {
      return used.plus(IDLE).isBefore(now) || begun.plus(LONGEST).isBefore(now);
    }
  }

  Sessions(Clock clock) {
    this.clock = clock;
  }

  synchronized Session.Begun begin() {
    Instant now = clock.instant();
    running.values().removeIf(each -> each.isOver(now));
    if (running.size() >= MOST) {
      running.remove(running.keySet().iterator().next());
    }
    Session.Begun begun = new Session.Begun(secret(), new Session(secret()));
    running.put(hash(begun.token()), new Running(begun.session(), now, now));
    return begun;
  }

  /** The session of this token; empty if there is none any more. */
  synchronized Optional<Session> of(String token) {
    return Optional.ofNullable(running.get(hash(token)))
        .filter(each -> !each.isOver(clock.instant()))
        .map(Running::session);
  }

  /** As {@link #of}; the session is used thereby. */
  synchronized Optional<Session> use(String token) {
    Optional<Session> found = of(token);
    String hash = hash(token);
    Running former = running.remove(hash); // The order of the map is that of use.
    if (found.isPresent()) {
      running.put(hash, new Running(former.session(), former.begun(), clock.instant()));
    }
    return found;
  }

  synchronized void end(String token) {
    running.remove(hash(token));
  }

  /** Ends all but this one. */
  synchronized void endOthers(String token) {
    running.keySet().retainAll(Set.of(hash(token)));
  }

  private String secret() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String hash(String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has SHA-256.
    }
  }
}
