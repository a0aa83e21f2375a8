package iotbox.box.odoo.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bus's side of an Odoo server, real down to the socket: takes subscriptions, sends messages,
 * and keeps everything that boxes say to it. What is not the bus's is answered by {@link Rest}.
 */
public final class BusStandIn implements AutoCloseable {
  public static final String CONFIRM = "/iot/box/send_websocket";
  public static final String PRINT_STATUS = "/iot/printer/status";
  public static final String LOGIN = "/web/login";

  /** What the session that {@link #LOGIN} gives is called. */
  public static final String SESSION = "5e5510n";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Javalin server;
  private final int port;
  private final List<WsContext> open = new CopyOnWriteArrayList<>();
  private final List<JsonNode> subscriptions = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> handshakes = new CopyOnWriteArrayList<>();
  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger(100);
  private volatile Rest confirming = ctx -> ctx.contentType("application/json").result(TAKEN);
  private volatile int loginStatus = 302;
  private volatile Duration ahead = Duration.ZERO;

  /** As Odoo answers where nothing is returned. */
  public static final String TAKEN = "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null}";

  /** A confirmation as it came. */
  public record Posted(String path, JsonNode params) {}

  /** Answers a request; on the server's threads. */
  public interface Rest {
    void answer(Context request) throws Exception;
  }

  /** A server at any free port that knows nothing else. */
  public BusStandIn() {
    this(0, ctx -> ctx.status(404));
  }

  /**
   * @param port 0: any that is free
   * @param rest answers all other addresses
   */
  public BusStandIn(int port, Rest rest) {
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.http.maxRequestSize = 64L << 20; // A document comes back with its answer.
              config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
              config.jetty.modifyWebSocketServletFactory(
                  factory -> factory.setIdleTimeout(Duration.ofMinutes(5)));
              config.routes.ws(
                  "/websocket",
                  ws -> {
                    ws.onConnect(
                        ctx -> {
                          handshakes.add(new LinkedHashMap<>(ctx.headerMap()));
                          open.add(ctx);
                        });
                    ws.onMessage(ctx -> subscriptions.add(JSON.readTree(ctx.message())));
                    ws.onClose(ctx -> forget(ctx));
                    ws.onError(ctx -> forget(ctx));
                  });
              config.routes.before(
                  ctx -> ctx.header("Date", time(ZonedDateTime.now(ZoneOffset.UTC).plus(ahead))));
              config.routes.get(LOGIN, this::login);
              config.routes.post(CONFIRM, this::confirm);
              config.routes.post(PRINT_STATUS, this::confirm);
              for (String any : List.of("/", "/*")) {
                config.routes.get(any, rest::answer);
                config.routes.post(any, rest::answer);
              }
            });
    server.start("127.0.0.1", port);
    this.port = server.port();
  }

  private void forget(WsContext gone) {
    open.removeIf(each -> each.sessionId().equals(gone.sessionId()));
  }

  private void login(Context ctx) {
    if (loginStatus < 400) {
      String expires = time(ZonedDateTime.now(ZoneOffset.UTC).plus(ahead).plusMinutes(10));
      ctx.header(
          "Set-Cookie", "session_id=" + SESSION + "; Expires=" + expires + "; Path=/; HttpOnly");
      ctx.header("Location", "/odoo?db=" + ctx.queryParam("db"));
    }
    ctx.status(loginStatus);
  }

  private static String time(ZonedDateTime time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time);
  }

  /** The server's clock is ahead of the right time by this much. */
  public void setClock(Duration ahead) {
    this.ahead = ahead;
  }

  private void confirm(Context ctx) throws Exception {
    posted.add(new Posted(ctx.path(), JSON.readTree(ctx.body()).path("params")));
    confirming.answer(ctx);
  }

  /** Confirmations are kept and then answered so. */
  public void answerConfirmations(Rest answer) {
    confirming = answer;
  }

  /** {@link #LOGIN} answers with this status from now on. */
  public void answerLogin(int status) {
    loginStatus = status;
  }

  /** Sends a message with the next id. */
  public int send(String type, Map<String, ?> payload) {
    int id = ids.incrementAndGet();
    send(id, type, payload);
    return id;
  }

  /** Sends a message. */
  public void send(long id, String type, Map<String, ?> payload) {
    sendText(text(List.of(message(id, type, payload))));
  }

  public static Map<String, Object> message(long id, String type, Map<String, ?> payload) {
    return Map.of("id", id, "message", Map.of("type", type, "payload", payload));
  }

  /** Sends whatever it is to all who are connected. */
  public void sendText(String frame) {
    open.forEach(box -> box.send(frame));
  }

  /** How many boxes are connected. */
  public int connected() {
    return open.size();
  }

  /** Ends all connections in good form. */
  public void closePolitely() {
    open.forEach(box -> box.closeSession(1001, "going away"));
  }

  /** Ends all connections without a word. */
  public void drop() {
    open.forEach(box -> box.session.disconnect());
  }

  /** What boxes sent on the bus: {@code event_name} and {@code data}. */
  public List<JsonNode> subscriptions() {
    return List.copyOf(subscriptions);
  }

  /** The headers of each connection, with names as they came. */
  public List<Map<String, String>> handshakes() {
    return List.copyOf(handshakes);
  }

  /** All confirmations in the order of their arrival. */
  public List<Posted> posted() {
    return List.copyOf(posted);
  }

  /** The parameters of all confirmations. */
  public List<JsonNode> confirmations() {
    return posted.stream().map(Posted::params).toList();
  }

  public int port() {
    return port;
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server goes away, without a word. */
  public void stop() {
    drop();
    server.stop();
  }

  @Override
  public void close() {
    stop();
  }
}
