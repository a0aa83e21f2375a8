package iotbox.testkit;

import iotbox.box.StockHandlers;
import iotbox.box.detection.Detection;
import iotbox.box.detection.InterfaceStatus;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.Source;
import iotbox.box.device.open.ActionResult;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.simulation.LineScript;
import iotbox.box.simulation.NetworkLine;
import iotbox.box.simulation.SerialLine;
import iotbox.box.thread.Alarm;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.Diagnostic;
import iotbox.loader.HandlerArchive;
import iotbox.loader.HandlerCompiler;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.HandlerSet;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import iotbox.loader.Platform;
import iotbox.stock.serial.Toledo8217Driver;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The parts of a box between the handlers' sources and the events, joined as {@code Box} joins
 * them, but for three: the clock, the devices that the test plugs in, and that interfaces run only
 * if the test says so. Its methods are for one thread.
 */
final class TestBox implements Closeable {
  /** The name under which the devices of the test are listed. */
  private static final String LISTER = "the test";

  private static final Duration END_PATIENCE = Duration.ofSeconds(1);

  /** More than any deadline of those calls that end a device. */
  private static final Duration LONGEST_END = Duration.ofMinutes(1);

  final VirtualTime time = new VirtualTime();
  final EventLog events = new EventLog();
  private final BoxThreads threads = new BoxThreads();
  private final Deque<Closeable> lines = new ArrayDeque<>();
  private final HandlerFaults faults = new HandlerFaults();
  private final HandlerRegistry registry;
  private final HandlerLoader loader;
  private final DeviceManager devices;
  private final Detection detection;
  private final boolean interfaces;

  /** By their connection types. */
  private final Map<String, Map<String, Device>> plugged = new LinkedHashMap<>();

  TestBox(HandlerCompiler compiler, boolean stockDrivers, boolean interfaces) {
    this.interfaces = interfaces;
    BuiltinHandlers builtins =
        stockDrivers
            ? BuiltinHandlers.builder().driver(Toledo8217Driver.class).build()
            : BuiltinHandlers.none();
    registry = new HandlerRegistry(builtins.handlers());
    loader =
        new HandlerLoader(
            registry, builtins, StockHandlers.visible(), Platform.current(), compiler);
    DriverGuard guard = new DriverGuard(threads, time);
    time.waitFor(guard::going);
    EventHub hub = new EventHub(threads);
    hub.subscribe(event -> events.add(new DeviceEvent(event.deviceIdentifier(), event.data())));
    devices = new DeviceManager(this::handlers, guard, faults, hub, threads);
    detection = new Detection(guard, faults, devices);
    registry.onChange(
        new HandlerRegistry.Listener() {
          @Override
          public void changed(Handlers before, Handlers after) {
            detection.changed(running(before), running(after));
          }
        });
  }

  private Handlers handlers() {
    return running(registry.current());
  }

  /** The handlers, with or without their interfaces. */
  private Handlers running(Handlers handlers) {
    return interfaces
        ? handlers
        : new Handlers(
            handlers.generation(),
            handlers.sets().stream()
                .map(set -> new HandlerSet(set.name(), set.drivers(), List.of()))
                .toList(),
            handlers.status());
  }

  /** Loads them; answers what became of each file. */
  List<HandlerStatus> load(HandlerArchive archive) {
    return loader.reload("test", archive).handlers().status();
  }

  /** The connection types that there are drivers for. */
  TreeSet<String> connectionTypes() {
    TreeSet<String> types = new TreeSet<>();
    registry.current().drivers().forEach(driver -> types.add(driver.connectionType()));
    return types;
  }

  void plug(String identifier, String connectionType, Device device) {
    Map<String, Device> of = plugged.computeIfAbsent(connectionType, type -> new LinkedHashMap<>());
    Map<String, Object> attributes = new HashMap<>(device.attributes());
    attributes.putIfAbsent("identifier", identifier);
    of.put(identifier, Device.of(attributes, device.nativeObject()));
    list(connectionType);
  }

  /** Whether it was plugged in. */
  boolean unplug(String identifier) {
    for (Map.Entry<String, Map<String, Device>> of : plugged.entrySet()) {
      if (of.getValue().remove(identifier) != null) {
        list(of.getKey());
        return true;
      }
    }
    return false;
  }

  /** Each connection type has a lister of its own, as each interface has one of them. */
  private void list(String connectionType) {
    devices.detected(
        new Source(LISTER + " (" + connectionType + ")", connectionType),
        Map.copyOf(plugged.get(connectionType)));
  }

  /** Whether all is done that plugging in and pulling out lead to. */
  boolean isQuiet() {
    return !devices.isAtWork();
  }

  List<DeviceStatus> devices() {
    return devices.status();
  }

  List<InterfaceStatus> interfaces() {
    return detection.status();
  }

  CompletableFuture<ActionResult> act(String identifier, ActionData data) {
    return devices.action(identifier, data);
  }

  SerialLine serialLine(LineScript script) throws IOException {
    return opened(SerialLine.play(script, time, Alarm.of(threads), threads.work()));
  }

  NetworkLine networkLine(LineScript script, int port) throws IOException {
    return opened(NetworkLine.play(script, port, time, Alarm.of(threads), threads.work()));
  }

  private <T extends Closeable> T opened(T line) {
    lines.push(line);
    return line;
  }

  /** What handlers have done wrong, each with the class and the line. */
  List<String> faults() {
    Handlers handlers = registry.current();
    return Stream.concat(
            handlers.drivers().stream().map(driver -> driver.type()),
            handlers.interfaces().stream().map(listing -> listing.type()))
        .map(Class::getName)
        .distinct()
        .flatMap(name -> faults.of(name).stream().map(fault -> told(name, fault)))
        .toList();
  }

  private static String told(String className, Diagnostic fault) {
    return className + ".java:" + fault.line() + ": " + fault.message();
  }

  /** Ends everything, and leaves no thread, file or port behind that is not a handler's. */
  @Override
  public void close() throws IOException {
    detection.close();
    CompletableFuture<Void> closed = devices.close();
    if (!ends(closed)) {
      time.pass(LONGEST_END);
      ends(closed);
    }
    try {
      for (Closeable line : lines) {
        line.close();
      }
    } finally {
      threads.close();
    }
  }

  private static boolean ends(CompletableFuture<Void> closed) {
    try {
      closed.get(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("The devices could not be closed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true; // The test is given up, and everything with it.
    }
  }
}
