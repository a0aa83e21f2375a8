package iotbox.box;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that end at the same time, since each may have to wait for a network that is gone. Those
 * that have not ended in time are left to themselves.
 */
final class Together implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Together.class);

  private final Executor threads;
  private final Duration patience;
  private final AutoCloseable[] parts;

  Together(Executor threads, Duration patience, AutoCloseable... parts) {
    this.threads = threads;
    this.patience = patience;
    this.parts = parts;
  }

  @Override
  public void close() {
    CompletableFuture<?>[] closing =
        Arrays.stream(parts)
            .map(part -> CompletableFuture.runAsync(() -> close(part), threads))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(closing).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("What goes on with Odoo is given up");
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} did not close well: {}", part.getClass().getSimpleName(), e.toString());
    }
  }
}
