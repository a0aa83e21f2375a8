package iotbox.box.odoo;

import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pairing that lasts over restarts, without surprises: what fails is logged, and what is kept
 * already is not written again. Used on the thread of {@link OdooLink} only, but for {@link
 * #isKept()}.
 */
final class KeptPairing {
  private static final Logger LOG = LoggerFactory.getLogger(KeptPairing.class);

  private final CredentialStore store;
  private Pairing kept;

  KeptPairing(CredentialStore store) {
    this.store = store;
  }

  /** Whether there is something to read, good or not; on any thread. */
  boolean isKept() {
    return store.isKept();
  }

  Optional<Pairing> read() {
    kept = store.load().orElse(null);
    return Optional.ofNullable(kept);
  }

  /** Keeps it if nothing is kept: there is nothing to lose. */
  void keepFirst(Pairing pairing) {
    if (kept == null) {
      keep(pairing);
    }
  }

  void keep(Pairing pairing) {
    if (pairing.equals(kept)) {
      return;
    }
    try {
      store.save(pairing);
      kept = pairing;
    } catch (IOException e) {
      LOG.error("The pairing works until the box stops, but cannot be stored: {}", e.toString());
    }
  }

  void forget() {
    kept = null;
    try {
      store.clear();
    } catch (IOException e) {
      LOG.error("The stored pairing cannot be deleted: {}", e.toString());
    }
  }
}
