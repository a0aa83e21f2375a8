package iotbox.box.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How often one may try to log in: each address a few times and then now and then, and all
 * addresses from which nobody has logged in yet together. So an owner who has logged in before is
 * not kept out by guesses from elsewhere, and whoever sits at the box itself never is.
 *
 * <p>One lock, held while a try is counted.
 */
final class LoginLimits {
  /** Wrong passwords that one address may send at once, and then one in each pause. */
  static final int TRIES = 5;

  static final Duration PAUSE = Duration.ofSeconds(20);

  /** The same for all strangers together. */
  static final int STRANGERS_TRIES = 20;

  static final Duration STRANGERS_PAUSE = Duration.ofSeconds(5);

  private static final int MOST_ADDRESSES = 1_000;
  private static final int MOST_KNOWN = 50;

  private final Clock clock;

  // Guarded by this.
  private final Map<String, Bucket> addresses = new LinkedHashMap<>();
  private final Bucket strangers;
  private final Set<String> known = new LinkedHashSet<>();

  LoginLimits(Clock clock) {
    this.clock = clock;
    this.strangers = new Bucket(STRANGERS_TRIES, STRANGERS_PAUSE, clock.instant());
  }

  /**
   * Counts a try.
   *
   * @param local whether it comes from the box's own machine
   * @return how long to wait where it must not be made; else empty
   */
  synchronized Optional<Duration> count(String address, boolean local) {
    Instant now = clock.instant();
    Bucket own = addresses.remove(address);
    if (own == null) {
      own = new Bucket(TRIES, PAUSE, now);
    }
    if (addresses.size() >= MOST_ADDRESSES) {
      addresses.remove(addresses.keySet().iterator().next());
    }
    addresses.put(address, own);
    Optional<Duration> wait = own.wait(now);
    boolean stranger = !local && !known.contains(address);
    if (wait.isEmpty() && stranger) {
      wait = strangers.wait(now);
    }
    if (wait.isEmpty()) {
      own.take();
      if (stranger) {
        strangers.take();
      }
    }
    return wait;
  }

  /** The owner is at this address: what was counted there is forgotten. */
  synchronized void succeeded(String address) {
    addresses.remove(address);
    if (!known.remove(address)) {
      strangers.giveBack(); // It was none.
    }
    if (known.size() >= MOST_KNOWN) {
      known.remove(known.iterator().next());
    }
    known.add(address);
  }

  /** So many tries, which come back one by one. */
  private static final class Bucket {
    private final int most;
    private final Duration pause;
    private double left;
    private Instant at;

    Bucket(int most, Duration pause, Instant now) {
      this.most = most;
      this.pause = pause;
      this.left = most;
      this.at = now;
    }

    /** How long until there is a try; empty if there is one. */
    Optional<Duration> wait(Instant now) {
      double back = (double) Duration.between(at, now).toMillis() / pause.toMillis();
      left = Math.min(most, left + Math.max(0, back)); // A clock may be set back.
      at = now;
      return left >= 1
          ? Optional.empty()
          : Optional.of(Duration.ofMillis((long) Math.ceil((1 - left) * pause.toMillis())));
    }

    void take() {
      left -= 1;
    }

    void giveBack() {
      left = Math.min(most, left + 1);
    }
  }
}
