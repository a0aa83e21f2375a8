package iotbox.stock.printer.ipp;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks a CUPS which queues it has. */
public final class CupsQueues {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 0x0406;

  private final IppClient client;
  private final URI server;

  /**
   * The queues of this CUPS.
   *
   * @param server {@code ipp:} with a host and a port
   */
  public CupsQueues(IppClient client, URI server) {
    this.client = client;
    this.server = server;
  }

  /** Completes with the queues, or with an {@link IOException}; blocks nobody. */
  public CompletableFuture<List<Queue>> ask() {
    return client
        .ask(server, IppRequest.printers(Queue.ATTRIBUTES), PATIENCE)
        .thenCompose(
            answer -> {
              if (answer.successful()) {
                return CompletableFuture.completedFuture(queues(answer));
              }
              // So it says that it has none.
              return answer.status() == NOT_FOUND
                  ? CompletableFuture.completedFuture(List.<Queue>of())
                  : CompletableFuture.failedFuture(
                      new IOException("CUPS refused: " + answer.message()));
            });
  }

  private List<Queue> queues(IppAnswer answer) {
    return answer.printers().stream()
        .filter(Queue::isPrinter)
        .map(each -> Queue.of(server, each))
        .toList();
  }
}
