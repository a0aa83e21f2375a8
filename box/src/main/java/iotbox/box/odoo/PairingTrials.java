package iotbox.box.odoo;

import iotbox.box.odoo.BoxSetup.Outcome;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooException.Kind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries pairings before the box belongs to them, while the present one goes on. The try is the real
 * {@code /iot/setup}, as a server up to 18.2 takes a token once only: who adopts the pairing goes
 * on with what was tried, and does not call again. A new trial ends the one before. Safe for use by
 * several threads.
 */
final class PairingTrials implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PairingTrials.class);
  private static final String NO_DATABASE =
      " If that server has several databases, the token must name one: add &db_name=… to the"
          + " pairing URL of Odoo 18 or newer, or have the older server choose by its dbfilter.";

  private final Executor work;
  private final AtomicReference<Paired> running = new AtomicReference<>();

  /**
   * @param work for calls that wait for a server
   */
  PairingTrials(Executor work) {
    this.work = work;
  }

  /** Completes with why the server does not take the box, or with nothing: then it has. */
  CompletableFuture<Optional<String>> of(Paired wanted) {
    end(running.getAndSet(wanted));
    return CompletableFuture.supplyAsync(() -> attempt(wanted), work);
  }

  /** The trial has led to a pairing; {@code false} if somebody wanted something else meanwhile. */
  boolean adopt(Paired tried) {
    return running.compareAndSet(tried, null);
  }

  /** Gives up the trial that runs, if one does. */
  @Override
  public void close() {
    end(running.getAndSet(null));
  }

  private static void end(Paired trial) {
    if (trial != null) {
      trial.server().close();
    }
  }

  private static Optional<String> attempt(Paired wanted) {
    Pairing pairing = wanted.pairing();
    try {
      return wanted.setup().sync() == Outcome.REFUSED
          ? Optional.of(OdooStatus.TOKEN_NOT_ACCEPTED)
          : Optional.empty();
    } catch (OdooException e) {
      boolean answered = e.kind() == Kind.BAD_ANSWER || e.kind() == Kind.REFUSED;
      String advice = answered && pairing.dbName() == null ? NO_DATABASE : "";
      return Optional.of(pairing.withoutSecrets(e.getMessage()) + advice);
    } catch (RuntimeException e) {
      LOG.error("A pairing could not be tried for an unexpected reason", e);
      return Optional.of("The box failed to speak with Odoo; its log says why.");
    }
  }
}
