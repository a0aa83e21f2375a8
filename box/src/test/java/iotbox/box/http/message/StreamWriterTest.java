package iotbox.box.http.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pieces written to requests at work, to ended ones, and to ones whose client has gone. */
class StreamWriterTest {
  private static final byte[] PIECE = "data: 1\n\n".getBytes(StandardCharsets.US_ASCII);

  private final ExecutorService answers = Executors.newSingleThreadExecutor();
  private final BlockingQueue<Open> opened = new LinkedBlockingQueue<>();
  private Javalin server;

  /** A request that is answered by a writer until it is ended. */
  private record Open(StreamWriter writer, CompletableFuture<Void> ended) {}

  @BeforeEach
  void start() {
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = InetAddress.getLoopbackAddress().getHostAddress();
              config.jetty.port = 0;
              config.routes.get("/plain", ctx -> ctx.result("plain"));
              config.routes.get(
                  "/",
                  ctx -> {
                    CompletableFuture<Void> ended = new CompletableFuture<>();
                    StreamWriter writer = StreamWriter.of(ctx, answers, Duration.ofSeconds(30));
                    ctx.future(
                        () -> {
                          opened.add(new Open(writer, ended));
                          return ended;
                        });
                  });
            });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    answers.shutdownNow();
  }

  /**
   * Whoever tells all pages of a change writes to one after the other: one that has ended a moment
   * ago must not keep the piece from those after it.
   */
  @Test
  void aRequestThatHasEndedFailsThePieceAndDoesNotThrow() throws Exception {
    try (Client client = new Client()) {
      client.get("/");
      Open open = opened.take();
      open.writer().write(PIECE).get(10, TimeUnit.SECONDS);
      open.ended().complete(null);
      client.awaitEnd();

      CompletableFuture<Void> late = open.writer().write(PIECE);

      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> late.get(10, TimeUnit.SECONDS));
      assertInstanceOf(IllegalStateException.class, failure.getCause());
      assertEquals("plain", client.plain(), "the connection is another request's by now");
    }
  }

  @Test
  void aLargePieceForARequestThatHasEndedFailsToo() throws Exception {
    try (Client client = new Client()) {
      client.get("/");
      Open open = opened.take();
      open.writer().write(PIECE).get(10, TimeUnit.SECONDS);
      open.ended().complete(null);
      client.awaitEnd();

      CompletableFuture<Void> late = open.writer().write(new byte[1 << 20]);

      assertThrows(ExecutionException.class, () -> late.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void aClientThatHasGoneFailsAPieceSoonAndNoneThrows() throws Exception {
    Client client = new Client();
    client.get("/");
    Open open = opened.take();
    open.writer().write(PIECE).get(10, TimeUnit.SECONDS);
    client.close();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    boolean failed = false;
    while (!failed && System.nanoTime() < end) {
      failed =
          open.writer().write(new byte[1000]).handle((nothing, failure) -> failure != null).get();
    }
    assertTrue(failed);
    open.ended().complete(null);
  }

  /** Sends requests on one connection. */
  private final class Client implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    private final BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

    Client() throws IOException {
      socket.setSoTimeout(10_000);
    }

    void get(String path) throws IOException {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: box\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
    }

    /** The answer has no length, so it comes in chunks, the last of which is empty. */
    void awaitEnd() throws IOException {
      while (!lines.readLine().equals("0")) {
        // What comes before does not matter.
      }
      assertEquals("", lines.readLine());
    }

    String plain() throws IOException {
      get("/plain");
      int length = 0;
      for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
        if (line.toLowerCase().startsWith("content-length: ")) {
          length = Integer.parseInt(line.substring(16));
        }
      }
      char[] body = new char[length];
      int read = 0;
      while (read < length) {
        read += lines.read(body, read, length - read);
      }
      return new String(body);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
