package iotbox.box.odoo;

import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.store.NotKeptException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pairing that lasts over restarts, without surprises: what fails is told to whoever must know,
 * and logged, and what is kept already is not written again.
 *
 * <p>Safe for all threads; the lock {@code this} is held while the small file is read or written.
 */
final class KeptPairing {
  private static final Logger LOG = LoggerFactory.getLogger(KeptPairing.class);

  private final CredentialStore store;
  private Pairing kept;

  /** Why the pairing at work is not kept; {@code null} if it is, or there is none. */
  private volatile String trouble;

  KeptPairing(CredentialStore store) {
    this.store = store;
  }

  /** Whether there is something to read, good or not. */
  boolean isKept() {
    return store.isKept();
  }

  synchronized Optional<Pairing> read() {
    kept = store.load().orElse(null);
    return Optional.ofNullable(kept);
  }

  /** Keeps it if nothing is kept: there is nothing to lose. */
  synchronized void keepFirst(Pairing pairing) {
    if (kept == null) {
      keep(pairing);
    }
  }

  /**
   * Keeps the pairing at work. If that fails the pairing works on, {@link #trouble} says so, and
   * the next call tries again.
   */
  synchronized void keep(Pairing pairing) {
    try {
      keepOrFail(pairing);
      trouble = null;
    } catch (IOException e) {
      String why =
          "The pairing works until the box stops, but cannot be stored, as "
              + NotKeptException.why(e)
              + ". The box tries again by itself.";
      if (!why.equals(trouble)) {
        LOG.error("{}", why);
      }
      trouble = why;
    }
  }

  /**
   * Keeps a pairing that is to be at work.
   *
   * @throws IOException if it cannot be kept; the former one is still kept then
   */
  synchronized void keepOrFail(Pairing pairing) throws IOException {
    if (!pairing.equals(kept)) {
      store.save(pairing);
      kept = pairing;
    }
  }

  /** Why the pairing at work would not outlast a restart, for people; empty if it would. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * Keeps none.
   *
   * @throws IOException if it is still there for the next start
   */
  synchronized void forget() throws IOException {
    kept = null;
    trouble = null;
    store.clear();
  }
}
