package iotbox.box.http.part;

/**
 * What {@code GET /metrics} answers. Called on threads of the HTTP server, any number at a time.
 */
public interface MetricsPage {
  /**
   * All figures of the box at this moment; takes milliseconds and waits for nothing.
   *
   * @param accept which formats the client takes, as it says in that header; may be {@code null}
   * @param traffic the server's own figures
   */
  Text text(String accept, Traffic traffic);

  /**
   * An answer.
   *
   * @param type the content type
   */
  record Text(String type, byte[] bytes) {}
}
