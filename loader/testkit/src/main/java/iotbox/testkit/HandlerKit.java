package iotbox.testkit;

import iotbox.box.detection.InterfaceStatus;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.simulation.LineScript;
import iotbox.box.simulation.LineScriptException;
import iotbox.box.simulation.NetworkLine;
import iotbox.box.simulation.SerialLine;
import iotbox.handler.Device;
import iotbox.loader.Diagnostic;
import iotbox.loader.HandlerCompiler;
import iotbox.loader.HandlerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Runs the handlers of a module in a test, as the box does: its loader compiles them in memory, its
 * guard calls them, its device manager gives them the devices that the test plugs in.
 *
 * <pre>{@code
 * class MyScaleTest {
 *   @RegisterExtension final HandlerKit kit = HandlerKit.ofModule(Path.of("."));
 *
 *   @Test
 *   void theWeightIsPublished() {
 *     KitLine line = kit.serialLine("expect \"W\\r\"\nanswer \"\\x021.234\\r\"");
 *     KitDevice scale = kit.plug("scale_1", line);
 *     scale.awaitValue(1.234);
 *     assertEquals(1.234, scale.act("read_once"));
 *   }
 * }
 * }</pre>
 *
 * <p>Each test has a box of its own, so tests may run at the same time; what is compiled is kept
 * for the others. A file that is refused fails the test with {@code file:line:column: message}. So
 * does what handlers throw when the box calls them (actions excepted, whose errors the caller
 * gets), unless the test asks for {@link #faults()}.
 *
 * <p>Time stands still for all that the box waits for (pauses between detections, attempts after a
 * fault, deadlines) and for what scripts of lines do {@code every} so often, until {@link #advance}
 * lets it pass. It does not for what handlers do by themselves: {@code Thread.sleep} in a driver's
 * loop, and waiting for an answer, take their time.
 *
 * <p>For one thread, that of the test.
 */
public final class HandlerKit implements BeforeEachCallback, AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long GLANCE = 1_000_000;
  private static final Namespace KEPT = Namespace.create(HandlerKit.class);

  private final Sources sources;
  private boolean interfaces;
  private boolean stockDrivers;
  private Duration patience = PATIENCE;
  private TestBox box;
  private EventLog.Reader events;
  private boolean faultsAreLookedAt;
  private final List<KitLine> lines = new ArrayList<>();
  private final Map<String, KitDevice> devices = new LinkedHashMap<>();

  private HandlerKit(Sources sources) {
    this.sources = sources;
  }

  /**
   * A kit with the handlers of an Odoo module on disk.
   *
   * @param module the module's folder, in which {@code iot_handlers} is; relative to where the
   *     tests run, which with Maven is the folder of the {@code pom.xml}
   */
  public static HandlerKit ofModule(Path module) {
    return new HandlerKit(Sources.of(module));
  }

  /**
   * A kit with these handlers.
   *
   * @param sources texts by their paths below {@code iot_handlers}, such as {@code
   *     drivers/MyScale.java}
   */
  public static HandlerKit ofSources(Map<String, String> sources) {
    return new HandlerKit(Sources.of(Map.copyOf(sources)));
  }

  /** Runs the module's interfaces too, which look for real devices unless the test prevents it. */
  public HandlerKit withInterfaces() {
    interfaces = true;
    return this;
  }

  /** Has the drivers that ship with the box compete for the devices too. */
  public HandlerKit withStockDrivers() {
    stockDrivers = true;
    return this;
  }

  /** How long anything is waited for, in real time, until the test fails; 10 s unless said. */
  public HandlerKit withPatience(Duration longest) {
    patience = longest;
    return this;
  }

  Duration patience() {
    return patience;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    KeptClasses kept =
        context
            .getRoot()
            .getStore(KEPT)
            .computeIfAbsent(KeptClasses.class, key -> new KeptClasses(), KeptClasses.class);
    start(kept.compiler());
  }

  private void start(HandlerCompiler compiler) throws IOException {
    if (box != null) {
      throw new IllegalStateException(
          "This kit serves a test already: let it be a field of the test's instance, not static,"
              + " where tests run at the same time");
    }
    box = new TestBox(compiler, stockDrivers, interfaces);
    events = box.events.new Reader(event -> true);
    List<HandlerStatus> refused =
        box.load(sources.archive()).stream()
            .filter(file -> file.state() == HandlerStatus.State.FAILED)
            .toList();
    if (!refused.isEmpty()) {
      close();
      throw new AssertionError(refused.stream().map(this::told).collect(Collectors.joining("\n")));
    }
  }

  private String told(HandlerStatus refused) {
    return refused.diagnostics().stream()
        .map(diagnostic -> told(refused.file(), diagnostic))
        .collect(Collectors.joining("\n"));
  }

  private String told(String file, Diagnostic diagnostic) {
    return sources.shown(file)
        + ":"
        + Math.max(1, diagnostic.line())
        + ":"
        + Math.max(1, diagnostic.column())
        + ": "
        + diagnostic.severity().word()
        + ": "
        + diagnostic.message();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (box == null) {
      return; // It did not start.
    }
    TestBox last = box;
    close();
    List<String> faults = last.faults();
    boolean failed = context.getExecutionException().isPresent();
    if (!faults.isEmpty() && !faultsAreLookedAt && !failed) {
      throw new AssertionError(
          "Handlers failed, and the test did not ask for faults():\n" + String.join("\n", faults));
    }
  }

  private void close() {
    try {
      box.close();
    } catch (IOException e) {
      throw new AssertionError("The handlers did not end well", e);
    } finally {
      box = null;
      devices.clear();
      lines.clear();
    }
  }

  private TestBox box() {
    if (box == null) {
      throw new IllegalStateException(
          "The kit runs during a test only; is its field annotated with @RegisterExtension?");
    }
    return box;
  }

  /**
   * Plugs a device in, where all drivers of the module have the same connection type. Comes back
   * when the drivers have answered whether it is theirs.
   *
   * @param device with the attributes that an interface would give it
   */
  public KitDevice plug(String identifier, Device device) {
    return plug(identifier, connectionType(), device);
  }

  /** Plugs in the device at a line, and comes back when the drivers have answered. */
  public KitDevice plug(String identifier, KitLine line) {
    return plug(
        identifier,
        line.connectionType() == null ? connectionType() : line.connectionType(),
        line.device());
  }

  /** Plugs a device of this connection type in, and comes back when the drivers have answered. */
  public KitDevice plug(String identifier, String connectionType, Device device) {
    KitDevice plugged = offer(identifier, connectionType, device);
    await(
        () -> plugged.isPresent() && plugged.status().state() != DeviceStatus.State.DETECTED,
        () ->
            "The drivers have not answered whether "
                + identifier
                + " is theirs; to let their deadlines pass, offer(…) it and advance(…)");
    return plugged;
  }

  /** As {@link #plug(String, String, Device)}, but does not wait for what the drivers say. */
  public KitDevice offer(String identifier, String connectionType, Device device) {
    box().plug(identifier, connectionType, device);
    return device(identifier);
  }

  private String connectionType() {
    TreeSet<String> types = box().connectionTypes();
    if (types.size() != 1) {
      throw new IllegalArgumentException(
          types.isEmpty()
              ? "The module has no drivers"
              : "The drivers have the connection types "
                  + types
                  + "; say which: plug(identifier, connectionType, device)");
    }
    return types.first();
  }

  /** The device of this identifier: one that was plugged in, or that an interface lists. */
  public KitDevice device(String identifier) {
    TestBox now = box();
    return devices.computeIfAbsent(identifier, name -> new KitDevice(this, now, name));
  }

  /** Pulls a device out; comes back when its driver has disconnected, or hangs. */
  public void unplug(String identifier) {
    if (!box().unplug(identifier)) {
      throw new IllegalArgumentException(identifier + " was not plugged in");
    }
    long deadline = System.nanoTime() + VirtualTime.HANGS.toNanos();
    while (!box().isQuiet() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(GLANCE);
    }
  }

  /** Waits for the calls into handlers that have begun. */
  private void awaitQuiet() {
    box().time.pass(Duration.ZERO);
  }

  /** What the box's status says of the module's interfaces, which run {@link #withInterfaces}. */
  public List<InterfaceStatus> interfaces() {
    awaitQuiet();
    return box().interfaces();
  }

  /** The identifiers of all devices, with a driver or without. */
  public List<String> devices() {
    awaitQuiet();
    return box().devices().stream().map(DeviceStatus::identifier).toList();
  }

  /**
   * A serial line at whose other end this script plays the device. On Linux and macOS.
   *
   * @param script as {@link LineScript} describes it
   * @throws AssertionError if the script has faults; tells them with line and column
   */
  public KitLine serialLine(String script) {
    return serialLine(KitLine.parsed(script));
  }

  /** A serial line whose script is in a file, such as {@code tests/devices/MyScale.line}. */
  public KitLine serialLine(Path script) {
    return serialLine(read(script));
  }

  private KitLine serialLine(LineScript script) {
    try {
      SerialLine line = box().serialLine(script);
      Map<String, Object> attributes = Map.of("path", line.path());
      return added(new KitLine("serial", attributes, line.device(), line, patience));
    } catch (IOException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** A port of this machine at which this script plays the device. */
  public KitLine networkLine(String script) {
    return networkLine(KitLine.parsed(script), 0);
  }

  /** A certain port at which this script plays the device: one that was off is on again. */
  public KitLine networkLine(String script, int port) {
    return networkLine(KitLine.parsed(script), port);
  }

  /** A port of this machine at which the script of this file plays the device. */
  public KitLine networkLine(Path script) {
    return networkLine(read(script), 0);
  }

  private KitLine networkLine(LineScript script, int port) {
    try {
      NetworkLine line = box().networkLine(script, port);
      Map<String, Object> attributes =
          Map.of(
              "host", line.address().getAddress().getHostAddress(),
              "port", line.address().getPort());
      return added(new KitLine(null, attributes, line.device(), line, patience));
    } catch (IOException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static LineScript read(Path script) {
    try {
      return LineScript.read(script);
    } catch (LineScriptException e) {
      throw new AssertionError(e.getMessage());
    } catch (IOException e) {
      throw new AssertionError(script + " cannot be read", e);
    }
  }

  private KitLine added(KitLine line) {
    lines.add(line);
    return line;
  }

  List<KitLine> lines() {
    return lines;
  }

  /**
   * Lets so much time pass for the box, and for what lines do by themselves: interfaces are asked
   * again after their {@code loopDelay}, drivers that declined after a pause, loops that died are
   * started, calls that hang are cut off at their deadlines. Comes back when what was due is done.
   */
  public void advance(Duration time) {
    box().time.pass(time);
  }

  /** All events of all devices up to now. */
  public List<DeviceEvent> events() {
    return box().events.all();
  }

  /**
   * Waits for the next event of any device that fits.
   *
   * @throws AssertionError if none comes; tells what came instead
   */
  public DeviceEvent awaitEvent(Predicate<DeviceEvent> fits) {
    DeviceEvent event = events.await(fits, patience);
    if (event == null) {
      throw new AssertionError(
          "No event came that fits (waited "
              + patience.toSeconds()
              + " s); instead there came "
              + events.unseen());
    }
    return event;
  }

  /**
   * What handlers threw, or did not do in time, when the box called them (but for actions), as
   * {@code class:line: message}; a call that goes well afterwards takes its fault back. A test that
   * asks is not failed because of them.
   */
  public List<String> faults() {
    faultsAreLookedAt = true;
    return box().faults();
  }

  void await(BooleanSupplier condition, Supplier<String> failure) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(failure.get() + " (waited " + patience.toSeconds() + " s)");
      }
      LockSupport.parkNanos(GLANCE);
    }
  }
}
