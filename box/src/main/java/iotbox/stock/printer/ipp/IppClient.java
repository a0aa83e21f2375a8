package iotbox.stock.printer.ipp;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Carries IPP over HTTP. One for all printers; safe for all threads. Whoever waits for an answer
 * can be interrupted, and the request ends with that.
 */
public final class IppClient {
  private static final MediaType IPP = MediaType.get("application/ipp");
  private static final int IPP_PORT = 631;

  /** A printer may take the next bytes of a job only when it has printed those before. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final OkHttpClient client;

  /** Makes one; it connects when it is used. */
  public IppClient() {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(3))
            .readTimeout(PATIENCE)
            .writeTimeout(PATIENCE)
            .followRedirects(false)
            .connectionPool(new ConnectionPool(2, 10, TimeUnit.SECONDS));
    client = PrinterCertificates.accept(builder).build();
  }

  /** Ends what is under way. */
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /** Asks, and blocks nobody; without an answer within this time it completes with an exception. */
  CompletableFuture<IppAnswer> ask(URI uri, IppRequest request, Duration patience) {
    return start(uri, RequestBody.create(request.bytes(), IPP), patience).answer();
  }

  /**
   * Asks and waits.
   *
   * @throws IOException if there is no answer
   */
  IppAnswer answer(URI uri, IppRequest request, Duration patience)
      throws IOException, InterruptedException {
    return wait(start(uri, RequestBody.create(request.bytes(), IPP), patience));
  }

  /**
   * Sends what the body writes, and waits for the answer.
   *
   * @param patience for all of it
   * @throws IOException if there is no answer
   */
  IppAnswer send(URI uri, RequestBody body, Duration patience)
      throws IOException, InterruptedException {
    return wait(start(uri, body, patience));
  }

  private record Sent(Call call, CompletableFuture<IppAnswer> answer) {}

  private Sent start(URI uri, RequestBody body, Duration patience) {
    CompletableFuture<IppAnswer> answer = new CompletableFuture<>();
    Call call = client.newCall(new Request.Builder().url(http(uri)).post(body).build());
    call.timeout().timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            answer.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call answered, Response response) {
            try (response) {
              if (!response.isSuccessful()) {
                throw new HttpRefusedException(response.code());
              }
              answer.complete(IppAnswer.read(response.body().byteStream()));
            } catch (IOException | RuntimeException e) {
              answer.completeExceptionally(e);
            }
          }
        });
    return new Sent(call, answer);
  }

  private static IppAnswer wait(Sent sent) throws IOException, InterruptedException {
    try {
      return sent.answer().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } finally {
      sent.call().cancel(); // Without effect when it is answered.
    }
  }

  private static HttpUrl http(URI uri) {
    return new HttpUrl.Builder()
        .scheme(uri.getScheme().equals("ipps") ? "https" : "http")
        .host(uri.getHost().replaceAll("[\\[\\]]", ""))
        .port(uri.getPort() == -1 ? IPP_PORT : uri.getPort())
        .encodedPath(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
        .encodedQuery(uri.getRawQuery())
        .build();
  }
}
