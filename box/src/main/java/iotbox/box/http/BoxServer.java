package iotbox.box.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.router.Endpoint;
import iotbox.box.http.caller.HostCheck;
import iotbox.box.http.limit.AnswerWriter;
import iotbox.box.http.limit.BodyIntake;
import iotbox.box.http.limit.BoundedConnector;
import iotbox.box.http.limit.Bounds;
import iotbox.box.http.limit.Connections;
import iotbox.box.http.message.SecurityHeaders;
import iotbox.box.http.part.BoxParts;
import iotbox.box.http.part.Traffic;
import iotbox.box.tally.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: Odoo's pages in a browser come here, and people open the homepage.
 *
 * <p>Held requests (long polls) use no thread, so that few threads are enough.
 */
public final class BoxServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoxServer.class);
  private static final int MIN_THREADS = 4;
  private static final int MAX_THREADS = 32;

  /** Ready to take a request over: with fewer, threads are sent to sleep and woken all the time. */
  private static final int RESERVED_THREADS = 8;

  /**
   * How long after the draining a stop waits for answers that are on their way; ten thousand polls
   * take a second.
   */
  private static final Duration ANSWERING = Duration.ofMillis(2_500);

  /** What it waits at the least, if the devices took their time. */
  private static final Duration LAST_ANSWERS = Duration.ofMillis(300);

  /** How long it waits for threads that are held, by clients that do not read, say. */
  private static final int HELD_MILLIS = 200;

  private static final int IDLE_THREAD_MILLIS = 60_000;

  /** A browser opens many connections at once when a page with many listeners starts. */
  private static final int ACCEPT_QUEUE = 2048;

  /** What the system keeps for a client that does not read; it would take megabytes by itself. */
  private static final int SEND_BUFFER = 128 << 10;

  /** Longer than any request is held, since nothing moves on its connection meanwhile. */
  private static final int IDLE_MILLIS = 90_000;

  private final BoxParts box;
  private final Patience patience;
  private final Bounds bounds;
  private final Tally refusals = new Tally("connections", "memory", "polls", "streams");
  private final Connections connections;
  private final BodyIntake bodies;
  private final GracefulHandler requests = new GracefulHandler();
  private Routes routes;
  private Javalin server;
  private HttpConfiguration plain;
  private InetSocketAddress bound;

  /** When no more requests were taken; 0 until then. Used by the one who stops. */
  private long drainedNanos;

  public BoxServer(BoxParts box) {
    this(box, Patience.USUAL, Bounds.usual());
  }

  BoxServer(BoxParts box, Patience patience, Bounds bounds) {
    this.box = box;
    this.patience = patience;
    this.bounds = bounds;
    this.connections = new Connections(bounds, refusals);
    this.bodies = new BodyIntake(bounds, refusals);
  }

  /**
   * Starts to serve; blocks until connections are taken.
   *
   * @param bind a name or an address of this machine; {@code 0.0.0.0} for all
   * @param port 0 for any free one
   * @throws PortRefusedException if that is not possible; nothing runs then
   */
  public void start(String bind, int port) throws PortRefusedException {
    ServerSocketChannel socket = listen("--port", bind, port);
    bound = (InetSocketAddress) socket.socket().getLocalSocketAddress();
    // With Jetty's own queue the pool starts the whole of Java's management first.
    QueuedThreadPool threads =
        new QueuedThreadPool(
            MAX_THREADS, MIN_THREADS, IDLE_THREAD_MILLIS, new LinkedBlockingQueue<>());
    threads.setName("http");
    threads.setDaemon(true);
    threads.setStopTimeout(HELD_MILLIS);
    threads.setReservedThreads(RESERVED_THREADS);
    routes = new Routes(box, patience, bounds, threads, refusals, this::traffic);
    server = Javalin.create(config -> configure(config, threads, socket));
    server.start();
    connections.watch(server.jettyServer().server());
  }

  /** Why the box could not serve there now, if it could not: a sentence. */
  public static Optional<String> refusal(String bind, int port) {
    try {
      closeQuietly(listen("--port", bind, port));
      return Optional.empty();
    } catch (PortRefusedException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Takes the port before the server is made, so that a refusal is a plain one. */
  static ServerSocketChannel listen(String option, String bind, int port)
      throws PortRefusedException {
    ServerSocketChannel socket = null;
    try {
      InetAddress address = InetAddress.getByName(bind);
      socket = ServerSocketChannel.open();
      // A box that restarts must not wait for connections of its former life to expire.
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return socket.bind(new InetSocketAddress(address, port), ACCEPT_QUEUE);
    } catch (IOException e) {
      closeQuietly(socket);
      throw PortRefusedException.of(option, bind, port, e);
    }
  }

  private static void closeQuietly(ServerSocketChannel socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is not used any more.
      }
    }
  }

  private void configure(
      JavalinConfig config, QueuedThreadPool threads, ServerSocketChannel socket) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE; // Short answers in a local network.
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = Bounds.MAX_BODY;
    config.http.defaultContentType = "text/plain;charset=utf-8";
    config.jetty.threadPool = threads;
    Handler.Singleton quick = new QuickRequests(Routes.QUICK, threads);
    config.jetty.modifyServer(
        jetty -> {
          jetty.setErrorHandler(new Failures.Early());
          // Javalin's own, which shortens all connections' patience to a second while all threads
          // are busy; setting the handler drops its statistics, which nobody reads.
          jetty.removeBean(jetty.getBean(LowResourceMonitor.class));
          jetty.setHandler(requests);
          requests.setHandler(quick);
          quick.setHandler(bodies);
          AnswerWriter.addTo(jetty, bounds);
        });
    // Else a request without a path is sent to the root.
    config.jetty.modifyServletContextHandler(root -> root.setAllowNullPathInContext(true));
    config.jetty.modifyServletContextHandler(root -> root.setSessionHandler(new NoSessions()));
    config.jetty.addConnector(
        (jetty, http) -> {
          plain = http;
          http.addCustomizer(new SecurityHeaders());
          return connector(jetty, socket, new OrderlyHttp(http));
        });
    config.routes.before(new HostCheck(box.access().hosts())::handle);
    routes.addTo(config.routes);
    Failures.addTo(config.routes);
  }

  private ServerConnector connector(
      Server jetty, ServerSocketChannel socket, ConnectionFactory... protocols) {
    ServerConnector connector = new BoundedConnector(jetty, connections, protocols);
    connector.setHost(socket.socket().getInetAddress().getHostAddress()); // For the log.
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptedSendBufferSize(SEND_BUFFER);
    try {
      connector.open(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // The socket is open and bound.
    }
    return connector;
  }

  /**
   * Serves the same over HTTPS, too; while it serves only. May take a moment. Called by one thread
   * at a time.
   *
   * @param port 0 for any free one
   * @return by which the certificate can be changed
   * @throws PortRefusedException if that is not possible; HTTP goes on
   */
  public HttpsDoor serveHttps(String bind, int port, KeyStore keys, char[] password)
      throws PortRefusedException {
    HttpsDoor door = new HttpsDoor(plain, keys, password);
    ServerSocketChannel socket = listen("--https-port", bind, port);
    Server jetty = server.jettyServer().server();
    ServerConnector connector = connector(jetty, socket, door.protocols());
    jetty.addConnector(connector);
    try {
      connector.start();
    } catch (Exception e) {
      jetty.removeConnector(connector);
      closeQuietly(socket);
      throw new IllegalStateException("HTTPS cannot start: " + e.getMessage(), e);
    }
    door.opened(connector.getLocalPort());
    return door;
  }

  /** The port that it really has, or had. */
  public int port() {
    return bound.getPort();
  }

  /** By which the box can see whether its own server answers; while it serves. */
  public SelfGreeting selfGreeting() {
    return new SelfGreeting(reachable(bound));
  }

  private static InetSocketAddress reachable(InetSocketAddress bound) {
    return bound.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
        : bound;
  }

  /** All that there are, with the checks before them. */
  List<Endpoint> routes() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(route -> route.endpoint)
        .toList();
  }

  private Traffic traffic() {
    return new Traffic(
        connections.count(),
        requests(),
        routes.polls(),
        routes.streams(),
        bodyMemory(),
        refusals.now());
  }

  /** How many requests are at work or held now. */
  long requests() {
    return requests.getCurrentRequestCount();
  }

  /** How many bytes the bodies of these requests take now. */
  long bodyMemory() {
    return bodies.memoryTaken();
  }

  /**
   * Takes no new requests from now on and answers the polls that are held with nothing; other
   * requests go on until they end. Does not block.
   */
  public void drain() {
    if (drainedNanos == 0) {
      drainedNanos = System.nanoTime() | 1;
    }
    // In this order, or clients would poll again as soon as their polls are answered.
    requests.shutdown();
    box.events().releaseAll();
    box.logs().feed().end();
  }

  /**
   * Stops serving; without effect if it does not serve. {@linkplain #drain() Drains} if nobody did,
   * and gives the other requests a moment to end.
   */
  @Override
  public void close() {
    if (server == null) {
      return;
    }
    drain();
    try {
      long patience = ANSWERING.toNanos() - (System.nanoTime() - drainedNanos);
      requests.shutdown().get(Math.max(patience, LAST_ANSWERS.toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("Some requests were still held and are dropped");
    }
    server.stop();
  }
}
