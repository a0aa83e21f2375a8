package iotbox.box.device;

import iotbox.box.detection.Detection;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.leftover.Leftovers;
import iotbox.box.reload.Reloads;
import iotbox.box.thread.BoxThreads;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.HandlerArchive;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.Handlers;
import iotbox.loader.LoadReport;
import iotbox.loader.Platform;
import iotbox.loader.VisibleClasses;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The box between the archive of handlers and the events, of real parts, with short patience. */
public final class LoadedBox implements AutoCloseable {
  final BoxThreads threads = new BoxThreads();
  final EventHub events = new EventHub(threads);
  public final DeviceManager devices;
  public final Leftovers leftovers;
  public final Reloads reloads;
  private final HandlerRegistry registry;
  private final HandlerLoader loader;
  private final Detection detection;

  public LoadedBox(Duration grace, Duration classes) {
    BuiltinHandlers builtins = BuiltinHandlers.none();
    registry = new HandlerRegistry(builtins.handlers());
    VisibleClasses visible =
        new VisibleClasses(
            LoadedBox.class.getClassLoader(), List.of("okhttp3", "okio", "kotlin", "iotbox.stock"));
    loader = new HandlerLoader(registry, builtins, visible, Platform.LINUX);
    HandlerFaults faults = new HandlerFaults();
    DriverGuard guard = new DriverGuard(threads);
    devices = new DeviceManager(registry::current, guard, faults, events, threads);
    detection = new Detection(guard, faults, devices);
    leftovers =
        new Leftovers(
            guard,
            registry::current,
            devices::status,
            threads,
            new Leftovers.Times(grace, classes, grace));
    reloads = new Reloads(devices::touched);
    registry.onChange(detection);
    registry.onChange(reloads);
    registry.onChange(leftovers::handlersChanged);
    devices.onChange(leftovers::devicesChanged);
  }

  /** Loads these sources, by path; all of them must be good. */
  public Handlers load(Map<String, String> sources) throws Exception {
    LoadReport report = reload("odoo", sources);
    if (report instanceof LoadReport.Changed changed && changed.failed() > 0) {
      throw new AssertionError(changed.handlers().status().toString());
    }
    return report.handlers();
  }

  /** Loads these sources, by path, good and bad. */
  public LoadReport reload(String source, Map<String, String> sources) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : sources.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      if (sources.isEmpty()) {
        zip.putNextEntry(new ZipEntry("drivers/"));
      }
    }
    LoadReport report = loader.reload(source, HandlerArchive.ofZip(bytes.toByteArray()));
    if (report instanceof LoadReport.Changed changed) {
      reloads.done(source, changed, sources.size() - changed.failed());
    }
    return report;
  }

  @Override
  public void close() {
    detection.close();
    devices.close().join();
    threads.close();
  }
}
