package iotbox.stock.printer.found;

import iotbox.stock.printer.ipp.CupsQueues;
import iotbox.stock.printer.ipp.IppClient;
import iotbox.stock.printer.ipp.Queue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The queues of a CUPS, asked every few seconds and never waited for. Where there is no CUPS there
 * are none; one that was there and does not answer has those that it had.
 */
final class CupsFinder implements PrinterFinder {
  private static final Duration PAUSE = Duration.ofSeconds(4);
  private static final Duration SETTLING = Duration.ofSeconds(4);
  private static final int KNOCK_MILLIS = 200;
  private static final int APP_SOCKET = 9100;

  private final URI server;
  private final Supplier<IppClient> client;
  private final long start = System.nanoTime();
  private CupsQueues queues;
  private CompletableFuture<List<Queue>> asked;
  private long askedAt;
  private List<Sighting> last = List.of();
  private boolean answered;

  /**
   * Finds those of this CUPS.
   *
   * @param client used as soon as there is somebody to ask
   */
  CupsFinder(URI server, Supplier<IppClient> client) {
    this.server = server;
    this.client = client;
  }

  @Override
  public List<Sighting> look() throws IOException {
    if (asked == null) {
      if (askedAt == 0 || since(askedAt).compareTo(PAUSE) > 0) {
        ask();
      }
    } else if (asked.isDone()) {
      adopt();
    }
    return last;
  }

  private void ask() {
    askedAt = System.nanoTime();
    if (queues == null && !somebodyThere()) {
      answered = true;
      return; // Without loading what speaks with it.
    }
    if (queues == null) {
      queues = new CupsQueues(client.get(), server);
    }
    asked = queues.ask();
  }

  private void adopt() throws IOException {
    try {
      last = asked.join().stream().flatMap(CupsFinder::sightings).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException(
            "CUPS at " + server.getAuthority() + ": " + cause.getMessage(), cause);
      }
      throw e;
    } finally {
      asked = null;
      answered = true;
    }
  }

  @Override
  public boolean settled() {
    return answered || since(start).compareTo(SETTLING) > 0;
  }

  @Override
  public String toString() {
    return "CUPS";
  }

  /** At most a moment, since this machine answers itself at once; others are just asked. */
  private boolean somebodyThere() {
    if (!server.getHost().matches("localhost|127\\..*|\\[::1]")) {
      return true;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), KNOCK_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Stream<Sighting> sightings(Queue queue) {
    Sighting spooled = sighting(queue, queue.uri());
    return queue.deviceUri() != null
            && "socket".equals(queue.deviceUri().getScheme())
            && queue.deviceUri().getHost() != null
        ? Stream.of(spooled, sighting(queue, socket(queue.deviceUri())))
        : Stream.of(spooled);
  }

  private static Sighting sighting(Queue queue, URI uri) {
    Set<String> marks = new HashSet<>(Marks.uuid(queue.uuid()));
    marks.add("queue " + queue.name());
    boolean direct = false;
    if (queue.deviceUri() != null) {
      marks.addAll(Marks.of(queue.deviceUri()));
      direct = queue.deviceUri().toString().matches("(usb|parallel|serial|hp:/usb).*");
    }
    return new Sighting(
        Way.CUPS,
        queue.name(),
        queue.name(),
        uri,
        DeviceId.of(queue.deviceId()),
        queue.makeAndModel(),
        direct,
        marks,
        "");
  }

  private static URI socket(URI device) {
    int port = device.getPort() == -1 ? APP_SOCKET : device.getPort();
    return URI.create("socket://" + device.getHost() + ":" + port);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
