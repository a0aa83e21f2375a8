package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderlyHttpTest {
  private static final int TIMES = 3_000;
  private static final List<String> WRONG =
      List.of(
          "NONSENSE\r\n\r\n",
          "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

  /** Each answer bears its question's id; what is wrong makes the buffers go round fastest. */
  @Test
  void nobodyGetsWhatOthersHaveSentOrAreAnswered() throws Exception {
    ExecutorService clients = Executors.newCachedThreadPool();
    try (TestBox box = new TestBox()) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        String name = "client-" + client + "-";
        work.add(() -> ask(box, name));
        work.add(() -> beWrong(box));
      }
      for (Future<Void> done : clients.invokeAll(work)) {
        done.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static Void ask(TestBox box, String name) throws IOException {
    for (int i = 0; i < TIMES; i++) {
      String body = "{\"jsonrpc\":\"2.0\",\"id\":\"" + name + i + "\",\"params\":{}}";
      String answer =
          box.exchange(
              "POST /hw_proxy/handshake HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Content-Type: application/json\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.contains("\"" + name + i + "\""), answer);
    }
    return null;
  }

  private static Void beWrong(TestBox box) throws IOException {
    for (int i = 0; i < TIMES; i++) {
      String answer = box.exchange(WRONG.get(i % WRONG.size()));
      assertTrue(answer.matches("(?s)HTTP/1.1 4(00|14) .*"), () -> "The answer: '" + answer + "'");
    }
    return null;
  }

  @Test
  void whoComesWhileAConnectionIsReadLeavesItsTurn() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    ByteArrayEndPoint client =
        new ByteArrayEndPoint() {
          @Override
          public int fill(ByteBuffer buffer) throws IOException {
            reads.incrementAndGet();
            reading.countDown();
            try {
              assertTrue(goOn.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            throw new IOException("gone");
          }
        };
    LocalConnector connector = new LocalConnector(new Server());
    HttpConnection connection =
        (HttpConnection) new OrderlyHttp(new HttpConfiguration()).newConnection(connector, client);
    client.setConnection(connection);
    Thread first = new Thread(connection);
    first.start();
    assertTrue(reading.await(10, TimeUnit.SECONDS));
    connection.run();
    assertEquals(1, reads.get());
    goOn.countDown();
    first.join();
    assertEquals(2, reads.get());
  }
}
