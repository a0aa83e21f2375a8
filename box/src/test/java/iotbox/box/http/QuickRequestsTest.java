package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which threads answer, seen with a server of few whose handlers wait. */
@Timeout(30)
class QuickRequestsTest {
  private static final int THREADS = 6;

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger waiting = new AtomicInteger();
  private final QueuedThreadPool threads = new QueuedThreadPool(THREADS);
  private final Server server = new Server(threads);
  private final HttpClient client = HttpClient.newHttpClient();
  private URI address;

  /** Waits for the test, fails, or does not handle, as the path says. */
  private final class Waiting extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      switch (request.getHttpURI().getPath()) {
        case "/quick" -> Content.Sink.write(response, true, "here", callback);
        case "/failing" -> throw new IllegalStateException("broken wire");
        case "/unknown" -> {
          return false;
        }
        default -> {
          waiting.incrementAndGet();
          release.await();
          Content.Sink.write(response, true, "at last", callback);
        }
      }
      return true;
    }
  }

  @BeforeEach
  void start() throws Exception {
    threads.setReservedThreads(1);
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    QuickRequests quick = new QuickRequests(Set.of("/quick"), threads);
    quick.setHandler(new Waiting());
    server.setHandler(quick);
    server.setErrorHandler(new Failures.Early());
    server.start();
    address = URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @AfterEach
  void stop() throws Exception {
    release.countDown();
    server.stop();
  }

  @Test
  void whatIsQuickIsAnsweredWhileAllThreadsWait() throws Exception {
    HttpClient connected = connected();
    List<CompletableFuture<HttpResponse<String>>> held = holdAllThreads();
    for (int i = 0; i < 20; i++) {
      assertEquals("here", ask(connected, "/quick").get(5, TimeUnit.SECONDS).body());
    }
    release.countDown();
    for (CompletableFuture<HttpResponse<String>> each : held) {
      assertEquals("at last", each.get(5, TimeUnit.SECONDS).body());
    }
  }

  @Test
  void theBoxItselfIsNotDeceivedByThat() throws Exception {
    SelfGreeting greeting =
        new SelfGreeting(new InetSocketAddress(address.getHost(), address.getPort()));
    HttpClient connected = connected();
    holdAllThreads();
    assertEquals("here", ask(connected, "/quick").get(5, TimeUnit.SECONDS).body());
    assertFalse(greeting.answersWithin(Duration.ofMillis(300)));
  }

  @Test
  void whatFailsOnAnotherThreadIsAnsweredAsByTheServer() throws Exception {
    HttpResponse<String> failing = ask("/failing").get(5, TimeUnit.SECONDS);
    assertEquals(500, failing.statusCode());
    assertFalse(failing.body().contains("wire"), failing.body());
    assertTrue(failing.body().contains("its log tells more"), failing.body());
    HttpResponse<String> unknown = ask("/unknown").get(5, TimeUnit.SECONDS);
    assertEquals(404, unknown.statusCode());
    assertEquals("There is nothing at this address.\n", unknown.body());
  }

  /** More requests than there are threads; comes back when no thread is free. */
  private List<CompletableFuture<HttpResponse<String>>> holdAllThreads() {
    List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
    for (int i = 0; i < 2 * THREADS; i++) {
      held.add(ask("/slow"));
    }
    await().until(() -> threads.getIdleThreads() == 0 && threads.getQueueSize() > 0);
    assertTrue(waiting.get() > 1, "" + waiting);
    return held;
  }

  /** Has a connection of its own, as a new one would need a thread. */
  private HttpClient connected() throws Exception {
    HttpClient connected = HttpClient.newHttpClient();
    assertEquals("here", ask(connected, "/quick").get(5, TimeUnit.SECONDS).body());
    return connected;
  }

  private CompletableFuture<HttpResponse<String>> ask(String path) {
    return ask(client, path);
  }

  private CompletableFuture<HttpResponse<String>> ask(HttpClient client, String path) {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }
}
