package iotbox.stock.printer.ipp;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

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
    return ask(Queue.ATTRIBUTES)
        .handle(
            (queues, failure) ->
                // CUPS takes addresses that are none by the book, and one makes all unreadable.
                cause(failure) instanceof UnreadableAnswerException
                    ? ask(Queue.WITHOUT_ADDRESSES)
                    : failure == null
                        ? CompletableFuture.completedFuture(queues)
                        : CompletableFuture.<List<Queue>>failedFuture(cause(failure)))
        .thenCompose(Function.identity());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private CompletableFuture<List<Queue>> ask(String... attributes) {
    return client
        .ask(server, IppRequest.printers(attributes), PATIENCE)
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
