package iotbox.box.http.page;

import iotbox.box.access.Origins;
import iotbox.box.detection.InterfaceStatus;
import iotbox.box.device.TouchedDevices;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.guard.OverdueCall;
import iotbox.box.guard.Trouble;
import iotbox.box.http.part.BoxParts;
import iotbox.box.http.part.BusView;
import iotbox.box.http.part.HttpsView;
import iotbox.box.http.part.OdooView;
import iotbox.box.leftover.Leftover;
import iotbox.box.reload.FileChange;
import iotbox.box.reload.Reload;
import iotbox.loader.Diagnostic;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code GET /api/status}: everything about the box at this moment. Its names are a contract; what
 * is not known is there as {@code null}.
 */
final class StatusReport {
  private static final int MOST_TOLD = 30;

  private final BoxParts box;
  private final long started = System.nanoTime();

  StatusReport(BoxParts box) {
    this.box = box;
  }

  Map<String, Object> now() {
    // In this order, so that whoever sees how many devices an interface has finds them, and whoever
    // sees a device with a new driver, or dead, finds that driver and its fault.
    List<InterfaceStatus> interfaces = box.detection().status();
    List<DeviceStatus> devices = box.devices().status();
    Handlers handlers = box.handlers().get();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("box", identity());
    report.put("odoo", odoo(box.odoo().view(), box.odoo().bus()));
    report.put("https", https(box.https().get()));
    report.put("generation", handlers.generation());
    report.put("handlers", all(handlers.status(), this::handler));
    report.put("reloads", all(box.reloads().latest(), StatusReport::reload));
    report.put("interfaces", all(interfaces, StatusReport::listing));
    report.put("actionForms", DeviceEntries.actionForms(devices));
    report.put("devices", all(devices, DeviceEntries::of));
    report.put("overdue", all(box.detection().overdue(), StatusReport::overdue));
    report.put(
        "access", Map.of("origins", all(box.access().origins().entries(), StatusReport::origin)));
    report.put("leftovers", all(box.leftovers().now(), StatusReport::leftover));
    return report;
  }

  /** An entry for each. */
  static <T> List<Object> all(List<T> items, Function<T, Map<String, Object>> entry) {
    List<Object> entries = new ArrayList<>();
    items.forEach(item -> entries.add(entry.apply(item)));
    return entries;
  }

  private Map<String, Object> identity() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("identifier", box.box().identifier());
    entry.put("version", box.box().version());
    entry.put("addresses", box.box().addresses().get());
    entry.put("uptimeSeconds", (System.nanoTime() - started) / 1_000_000_000);
    entry.put("setUp", box.settings().firstStart().isSetUp());
    return entry;
  }

  private static Map<String, Object> odoo(OdooView odoo, BusView bus) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("url", odoo.url());
    entry.put("state", odoo.state());
    entry.put("detail", odoo.detail());
    entry.put("lastSync", odoo.lastSync());
    entry.put("pairingCode", odoo.pairingCode());
    entry.put("insecure", odoo.insecure());
    entry.put("bus", bus(bus));
    return entry;
  }

  private static Map<String, Object> bus(BusView bus) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("connected", bus.connected());
    entry.put("since", bus.since());
    entry.put("waiting", bus.waiting());
    entry.put("dropped", bus.dropped());
    return entry;
  }

  private static Map<String, Object> https(HttpsView https) {
    if (https == null) {
      return null;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("port", https.port());
    entry.put("certificate", https.certificate());
    entry.put("domain", https.domain());
    entry.put("validUntil", https.validUntil());
    entry.put("detail", https.detail());
    return entry;
  }

  private Map<String, Object> handler(HandlerStatus status) {
    List<Diagnostic> diagnostics = new ArrayList<>(status.diagnostics());
    HandlerStatus.State state = box.faults().stateOf(status);
    Instant since = status.since();
    if (state != status.state()) {
      diagnostics.addAll(box.faults().of(status.className()));
      since = box.faults().since(status.className()).orElse(since);
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", status.file());
    entry.put("className", status.className());
    entry.put("kind", status.kind().word());
    entry.put("state", state.word());
    entry.put("since", since);
    entry.put("hash", status.hash());
    entry.put("compiler", status.compiler() == null ? null : status.compiler().word());
    entry.put("connectionType", status.connectionType());
    entry.put("priority", status.priority());
    entry.put("diagnostics", all(diagnostics, StatusReport::diagnostic));
    entry.put("running", running(status.running()));
    return entry;
  }

  private Map<String, Object> running(HandlerStatus.Running earlier) {
    if (earlier == null) {
      return null;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("className", earlier.className());
    entry.put("compiler", earlier.compiler() == null ? null : earlier.compiler().word());
    entry.put("since", earlier.since());
    entry.put("hash", earlier.hash());
    List<Diagnostic> faults =
        earlier.className() == null ? List.of() : box.faults().of(earlier.className());
    entry.put("diagnostics", all(faults, StatusReport::diagnostic));
    return entry;
  }

  /** Of a thousand files and devices the first ones are told, and how many more there are. */
  private static Map<String, Object> reload(Reload reload) {
    List<TouchedDevices.Touched> devices = reload.devices().list();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("at", reload.at());
    entry.put("source", reload.source());
    entry.put("millis", reload.millis());
    entry.put("compileMillis", reload.compileMillis());
    entry.put("compiled", reload.compiled());
    entry.put("loaded", reload.loaded());
    entry.put("refused", reload.refused());
    entry.put("files", all(first(reload.files()), StatusReport::fileChange));
    entry.put("moreFiles", reload.files().size() - first(reload.files()).size());
    entry.put("devices", all(first(devices), StatusReport::touched));
    entry.put("moreDevices", devices.size() - first(devices).size());
    return entry;
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(all.size(), MOST_TOLD));
  }

  private static Map<String, Object> fileChange(FileChange change) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", change.file());
    entry.put("change", change.change().word());
    return entry;
  }

  private static Map<String, Object> touched(TouchedDevices.Touched device) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("identifier", device.identifier());
    entry.put("change", device.change().word());
    return entry;
  }

  private static Map<String, Object> diagnostic(Diagnostic diagnostic) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("line", diagnostic.line());
    entry.put("column", diagnostic.column());
    entry.put("severity", diagnostic.severity().word());
    entry.put("message", diagnostic.message());
    entry.put("source", diagnostic.source());
    return entry;
  }

  private static Map<String, Object> listing(InterfaceStatus status) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("className", status.className());
    entry.put("connectionType", status.connectionType());
    entry.put("state", status.state().word());
    entry.put("lastDetection", status.lastDetection());
    entry.put("devices", status.devices());
    entry.put("detail", status.detail());
    addTrouble(entry, status.trouble());
    return entry;
  }

  private static Map<String, Object> origin(Origins.Entry known) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("origin", known.origin());
    entry.put("state", known.state().word());
    entry.put("since", known.since());
    entry.put("lastAsked", known.lastAsked());
    return entry;
  }

  private static Map<String, Object> leftover(Leftover leftover) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("what", leftover.what());
    entry.put("driver", leftover.driver());
    entry.put("file", leftover.file());
    return entry;
  }

  /** What is wrong with an interface or a device, or that nothing is. */
  static void addTrouble(Map<String, Object> entry, Trouble trouble) {
    entry.put("since", trouble == null ? null : trouble.since());
    entry.put("faults", trouble == null ? 0 : trouble.faults());
    entry.put("retryAt", trouble == null ? null : trouble.retryAt());
    entry.put("stack", trouble == null ? List.of() : trouble.stack());
  }

  private static Map<String, Object> overdue(OverdueCall call) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("className", call.className());
    entry.put("call", call.call());
    entry.put("device", call.device());
    entry.put("since", call.since());
    entry.put("stack", call.stack());
    return entry;
  }
}
