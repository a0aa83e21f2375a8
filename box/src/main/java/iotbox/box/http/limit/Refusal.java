package iotbox.box.http.limit;

import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Why a request is not taken: a status and a sentence. The connection ends with the answer. */
enum Refusal {
  TOO_LONG(
      413, "The body is longer than the " + (Bounds.MAX_BODY >> 20) + " MB that are accepted."),
  TOO_SLOW(408, "The body came too slowly; send it again over a better connection."),
  BROKEN_OFF(400, "The body ended too early or is not chunked as it says."),
  BUSY(503, "The box is at work on as much as its memory holds; send this again in a moment.");

  private final int status;
  private final String sentence;

  Refusal(int status, String sentence) {
    this.status = status;
    this.sentence = sentence;
  }

  /** One for counting. */
  String word() {
    return this == BUSY ? "memory" : "body_" + name().toLowerCase(Locale.ROOT);
  }

  /** Answers a request of which nothing is answered yet. Does not block. */
  void answer(Request request, Response response, Callback callback) {
    response.setStatus(status);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    headers.put(HttpHeader.CONNECTION, "close"); // The rest of the body is not waited for.
    if (status == 503) {
      headers.put(HttpHeader.RETRY_AFTER, "1");
    }
    boolean goesOn = this == TOO_LONG || this == BUSY;
    Callback ended =
        goesOn
            ? Callback.from(() -> UnwantedBody.takeIn(request, callback), callback::failed)
            : callback;
    Content.Sink.write(response, true, sentence + "\n", ended);
  }
}
