package iotbox.box.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.router.Endpoint;
import iotbox.box.access.Access;
import iotbox.box.access.AllowedOrigins;
import iotbox.box.access.Hosts;
import iotbox.box.access.OriginAnswers;
import iotbox.box.access.Origins;
import iotbox.box.access.Owner;
import iotbox.box.access.OwnerPassword;
import iotbox.box.detection.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.TouchedDevices;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.device.open.ActionRecord;
import iotbox.box.device.status.Rule;
import iotbox.box.event.EventHub;
import iotbox.box.event.Readings;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.health.Check;
import iotbox.box.health.Health;
import iotbox.box.http.limit.Bounds;
import iotbox.box.http.part.BoxParts;
import iotbox.box.http.part.BoxView;
import iotbox.box.http.part.FirstStart;
import iotbox.box.http.part.HttpsView;
import iotbox.box.http.part.LogLevelControl;
import iotbox.box.http.part.Logs;
import iotbox.box.http.part.MetricsPage;
import iotbox.box.http.part.NetworkView;
import iotbox.box.http.part.OptionControl;
import iotbox.box.http.part.OptionView;
import iotbox.box.http.part.Restart;
import iotbox.box.http.part.Settings;
import iotbox.box.http.part.Traffic;
import iotbox.box.leftover.Leftovers;
import iotbox.box.reload.Reloads;
import iotbox.box.thread.Alarm;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.Device;
import iotbox.loader.ActionParameter;
import iotbox.loader.Diagnostic;
import iotbox.loader.DriverType;
import iotbox.loader.FileVersions;
import iotbox.loader.HandlerFile;
import iotbox.loader.HandlerSet;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import iotbox.loader.InterfaceType;
import iotbox.loader.LoadReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real device, event and HTTP parts, with test handlers, on a free port of the loopback. */
final class TestBox implements AutoCloseable {
  static final String IDENTIFIER = "box-1";
  static final String PASSWORD = "the owner's password";

  /** What the options say. */
  private static final DriverRules.Fixed OPTIONS =
      new DriverRules.Fixed(
          Map.of("pinned", new Rule.Pin(TestDriver.class.getName(), "--pin")),
          Set.of("left-alone"));

  private static final HandlerFile EARLIER =
      new HandlerFile("drivers/Broken.java", "int a = 1;\n".getBytes(StandardCharsets.UTF_8));
  private static final HandlerFile BROKEN =
      new HandlerFile("drivers/Broken.java", "int a = 1\n".getBytes(StandardCharsets.UTF_8));

  final TestOdoo odoo = new TestOdoo();
  final TestFeed feed = new TestFeed();
  final TestOptions options = new TestOptions();
  final TestRestart restart = new TestRestart();
  final TestFirstStart firstStart = new TestFirstStart();
  volatile NetworkView network =
      new NetworkView(
          "http://192.0.2.7:8069",
          true,
          List.of("http://192.0.2.7:8069"),
          List.of("box"),
          List.of());
  volatile HttpsView https;

  /** What is wrong with the box, and a restart would not help against. */
  volatile Optional<String> trouble = Optional.empty();

  /** Happens while somebody looks at the handlers. */
  volatile Runnable meanwhile = () -> {};

  /** What the server was at when it was last asked for figures. */
  volatile Traffic traffic;

  final BoxThreads threads = new BoxThreads();
  final EventHub events = new EventHub(threads);
  private final Readings readings = new Readings();
  final DeviceManager devices;
  final Rules kept = new Rules();
  private final Path data;
  private final Map<String, Device> plugged = new ConcurrentHashMap<>();
  private final Detection detection;
  private final BoxParts parts;
  private final BoxServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();

  /** A box that holds polls for 300 ms. */
  TestBox() throws PortRefusedException {
    this(Path.of("/nonexistent.log"), Duration.ofMillis(300));
  }

  TestBox(Path log, Duration patience) throws PortRefusedException {
    this(log, patience, Bounds.usual());
  }

  TestBox(Path log, Duration patience, Bounds bounds) throws PortRefusedException {
    data = newFolder();
    HandlerFaults faults = new HandlerFaults();
    DriverGuard guard = new DriverGuard(threads);
    Handlers handlers = handlers();
    DriverRules rules = new DriverRules(OPTIONS, kept);
    events.subscribe(readings);
    devices =
        new DeviceManager(() -> handlers, guard, faults, events, threads, rules, ActionRecord.NONE);
    rules.onChange(devices::ruleChanged);
    detection = new Detection(guard, faults, devices);
    detection.changed(new Handlers(0, List.of(), List.of()), handlers);
    Leftovers leftovers = new Leftovers(guard, () -> handlers, devices::status, threads);
    Reloads reloads = new Reloads(TouchedDevices::new);
    reloads.changed(Handlers.none(), handlers);
    reloads.done("/srv/modules/shop/iot_handlers", report(handlers), 1);
    MetricsPage metrics =
        (accept, now) -> {
          traffic = now;
          return new MetricsPage.Text("text/plain", ("for " + accept).getBytes(UTF_8));
        };
    BoxView box = new BoxView(IDENTIFIER, "L1.0", () -> List.of("192.0.2.7"));
    parts =
        new BoxParts(
            box,
            () -> {
              meanwhile.run();
              return handlers;
            },
            faults,
            detection,
            devices,
            rules,
            new NoLines(),
            leftovers,
            reloads,
            events,
            readings,
            Alarm.of(threads),
            odoo,
            () -> https,
            () -> network,
            new Logs(log, new Levels(), feed),
            new Settings(options, restart, firstStart),
            access(),
            metrics,
            new Health(threads, List.of(new Check(false, () -> trouble))),
            display -> Map.of("amount", "3.50 at " + display));
    server = new BoxServer(parts, new Patience(patience, patience), bounds);
    server.start("127.0.0.1", 0);
  }

  private static LoadReport.Changed report(Handlers handlers) {
    return new LoadReport.Changed(handlers, 1, 2, 30, 45);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("testbox");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Access access() {
    return new Access(
        new Hosts(List.of(() -> Set.of("box", "box.local", "*.shop.example")), List.of("till")),
        new Origins(
            AllowedOrigins.of(List.of("https://allowed.example")),
            () -> odoo.view.url(),
            new OriginAnswers(data),
            Clock.systemUTC()),
        new Owner(new KnownPassword(), threads.work(), Clock.systemUTC()));
  }

  /** The one that all tests know, compared in no time. */
  private static final class KnownPassword implements OwnerPassword {
    private volatile String password = PASSWORD;

    @Override
    public void prepare() {}

    @Override
    public boolean matches(String given) {
      return given.equals(password);
    }

    @Override
    public boolean canChange() {
      return true;
    }

    @Override
    public void change(String next) throws IOException {
      if (next.equals("cannot be kept")) {
        throw new IOException("a secret of the disk");
      }
      password = next;
    }
  }

  /** Remembers the last decisions, unless its disk is full. */
  static final class Rules implements DriverRules.Store {
    volatile DriverRules.Decisions last = DriverRules.Decisions.NONE;
    volatile boolean full;

    @Override
    public DriverRules.Decisions read() {
      return last;
    }

    @Override
    public void keep(DriverRules.Decisions decisions) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      last = decisions;
    }
  }

  /** Remembers what it is told, but for warnings, for which there is no room on its disk. */
  private static final class Levels implements LogLevelControl {
    private final List<Setting> settings = new CopyOnWriteArrayList<>();

    @Override
    public List<Setting> settings() {
      return settings;
    }

    @Override
    public void set(String logger, String level) throws IOException {
      if ("warn".equals(level)) {
        throw new IOException("No space left on device");
      }
      if ("loud".equals(level)) {
        throw new IllegalArgumentException("No level is called loud.");
      }
      settings.add(new Setting(logger, level, Instant.EPOCH));
    }
  }

  /** Says what it is told to say, and remembers what is to be kept. */
  static final class TestOptions implements OptionControl {
    volatile List<OptionView> views = List.of();
    volatile String problem;
    volatile Map<?, ?> kept;
    volatile boolean full;

    @Override
    public List<OptionView> views() {
      return views;
    }

    @Override
    public String problem() {
      return problem;
    }

    @Override
    public void keep(Map<?, ?> values) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      if (values.containsKey("wrong")) {
        throw new IllegalArgumentException("There is no option --wrong to keep.");
      }
      kept = values;
    }
  }

  static final class TestFirstStart implements FirstStart {
    volatile boolean done;
    volatile boolean full;

    @Override
    public boolean isSetUp() {
      return done;
    }

    @Override
    public void done() throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      done = true;
    }
  }

  static final class TestRestart implements Restart {
    volatile boolean possible;
    volatile boolean asked;

    @Override
    public boolean isPossible() {
      return possible;
    }

    @Override
    public void soon() {
      asked = true;
    }
  }

  private Handlers handlers() {
    DriverType driver =
        new DriverType(
            TestDriver.class,
            "test",
            3,
            "drivers/TestDriver.java",
            List.of(),
            false,
            Map.of(
                "show",
                List.of(
                    new ActionParameter(
                        "weight",
                        ActionParameter.Type.NUMBER,
                        List.of(new BigDecimal("0.5"), new BigDecimal("20")),
                        true,
                        "in kg"),
                    new ActionParameter(
                        "note", ActionParameter.Type.TEXT, List.of(), false, null))));
    InterfaceType listing =
        new InterfaceType(
            TestInterface.class,
            "test",
            "interfaces/TestInterface.java",
            () -> new TestInterface(plugged));
    return new Handlers(
        4,
        List.of(new HandlerSet("test", List.of(driver), List.of(listing))),
        List.of(
            new HandlerStatus(
                "drivers/TestDriver.java",
                TestDriver.class.getName(),
                HandlerStatus.Kind.DRIVER,
                HandlerStatus.State.LOADED,
                HandlerStatus.Compiler.JANINO,
                "test",
                3,
                List.of()),
            new HandlerStatus(
                "drivers/Broken.java",
                null,
                HandlerStatus.Kind.OTHER,
                HandlerStatus.State.FAILED,
                null,
                null,
                null,
                List.of(
                    new Diagnostic(
                        7, 12, Diagnostic.Severity.ERROR, "Write a semicolon.", "int a = 1")),
                new HandlerStatus.Running(
                    TestDriver.class.getName(),
                    HandlerStatus.Compiler.ECJ,
                    Instant.parse("2026-11-22T09:30:00Z"),
                    EARLIER.hash()),
                BROKEN.hash(),
                Instant.parse("2026-11-22T09:45:00Z"))),
        Map.of(BROKEN.path(), new FileVersions(BROKEN, EARLIER)));
  }

  /** Plugs in a device of this type and waits until a driver has it. */
  void plug(String identifier, String type) {
    plug(identifier, Map.of("type", type, "connection", "direct"));
    await().until(() -> devices.isOpen(identifier));
  }

  /** Takes it away; soon it is gone. */
  void unplug(String identifier) {
    plugged.remove(identifier);
  }

  /** Plugs in a device with these attributes. */
  void plug(String identifier, Map<String, Object> attributes) {
    Map<String, Object> all = new HashMap<>(Map.of("type", "device", "connection", "direct"));
    all.putAll(attributes);
    plugged.put(identifier, Device.of(all));
  }

  BoxParts parts() {
    return parts;
  }

  /** How many requests are at work or held now. */
  long held() {
    return server.requests();
  }

  /** Waits until exactly so many requests are held. */
  void awaitHeld(int requests) {
    await().until(() -> server.requests() == requests);
  }

  /** As a box does that begins to end. */
  void drain() {
    server.drain();
  }

  /** How many bytes are taken for bodies now. */
  long bodyMemory() {
    return server.bodyMemory();
  }

  HttpsDoor serveHttps(int port, KeyStore keys, char[] password) throws PortRefusedException {
    return server.serveHttps("127.0.0.1", port, keys, password);
  }

  /** All that there are, with the checks before them. */
  List<Endpoint> routes() {
    return server.routes();
  }

  int port() {
    return server.port();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return sendLater(request).join();
  }

  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
  }

  CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpRequest.Builder posting(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> post(String path, String body) {
    return send(posting(path, body));
  }

  /** A browser in which the owner has just logged in. */
  Login login() {
    HttpResponse<String> response = post("/api/session", "{\"password\":\"" + PASSWORD + "\"}");
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    String cookie = response.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    return new Login(cookie, json(response.body()).get("csrfToken").asText());
  }

  /** What the owner's browser sends with each request. */
  record Login(String cookie, String csrfToken) {
    HttpRequest.Builder in(HttpRequest.Builder request) {
      return request.header("Cookie", cookie).header("X-CSRF-Token", csrfToken);
    }
  }

  /** As {@link #get}, by the owner. */
  HttpResponse<String> getAsOwner(String path) {
    return send(login().in(request(path)));
  }

  /** As {@link #post}, by the owner. */
  HttpResponse<String> postAsOwner(String path, String body) {
    return send(login().in(posting(path, body)));
  }

  /** The answer to a POST of this JSON. */
  JsonNode call(String path, String body) {
    HttpResponse<String> response = post(path, body);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + ": " + response.body());
    }
    return json(response.body());
  }

  CompletableFuture<JsonNode> callLater(String path, String body) {
    return sendLater(posting(path, body)).thenApply(response -> json(response.body()));
  }

  JsonNode json(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /** A connection with this already sent. */
  Socket raw(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", port());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** All that comes back for this until the box closes the connection. */
  String exchange(String text) throws IOException {
    try (Socket socket = raw(text)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.close();
    detection.close();
    devices.close().join();
    threads.close();
    try {
      for (Path file : List.of(data.resolve("origins"), data)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
