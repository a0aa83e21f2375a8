package iotbox.box.http.wire;

import iotbox.box.device.DeviceManager;
import iotbox.box.device.open.ActionResult;
import iotbox.box.device.status.DeviceStatus;
import iotbox.handler.ActionData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** What a point of sale asks of a box without naming a device: {@code /hw_proxy/…}. */
public final class ProxyRoutes {
  private final DeviceManager devices;

  public ProxyRoutes(DeviceManager devices) {
    this.devices = devices;
  }

  /** How each kind of device is doing; the kinds a point of sale looks for are always there. */
  public Map<String, Object> status() {
    Map<String, KindStatus> kinds = new LinkedHashMap<>();
    for (String kind : List.of("scale", "printer", "scanner")) {
      kinds.put(kind, new KindStatus());
    }
    for (DeviceStatus device : devices.status()) {
      if (device.open() && !device.type().isEmpty()) {
        kinds.computeIfAbsent(device.type(), kind -> new KindStatus()).add(device);
      }
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    kinds.forEach((kind, status) -> answer.put(kind, status.toMap()));
    return answer;
  }

  /** Whether a printer at this box took the {@code data}; printers in the network do not count. */
  public boolean print(Params params) throws RpcException {
    params.require("data");
    ActionData data = ActionDatas.of(params, null);
    Optional<DeviceStatus> printer =
        first(device -> device.type().equals("printer") && device.connection().equals("direct"));
    if (printer.isEmpty()) {
      return false;
    }
    CompletableFuture<ActionResult> result = devices.action(printer.get().identifier(), data);
    params.body().keepFor(result);
    return !result.isDone() || result.join().taken();
  }

  /** What lies on the first scale. */
  public CompletableFuture<?> weigh() {
    Optional<DeviceStatus> scale = first(device -> device.type().equals("scale"));
    if (scale.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return devices
        .action(scale.get().identifier(), ActionData.of(Map.of("action", "read_once"), null))
        .thenCompose(result -> weight(scale.get(), result));
  }

  private static CompletableFuture<?> weight(DeviceStatus scale, ActionResult result) {
    if (result.status() == ActionResult.Status.DISCONNECTED) {
      return CompletableFuture.completedFuture(null);
    }
    if (result.status() == ActionResult.Status.SUCCESS && result.result() instanceof Number) {
      return CompletableFuture.completedFuture(Map.of("weight", result.result()));
    }
    return CompletableFuture.failedFuture(
        new RpcException(
            "ScaleError", "The scale " + scale.name() + " gave no weight: " + result.result()));
  }

  private Optional<DeviceStatus> first(Predicate<DeviceStatus> wanted) {
    return devices.status().stream().filter(DeviceStatus::open).filter(wanted).findFirst();
  }

  /** One that works is enough for a kind to be connected; the faults of all are told. */
  private static final class KindStatus {
    private final List<String> messages = new ArrayList<>();
    private String status = "disconnected";

    void add(DeviceStatus device) {
      if (device.state() == DeviceStatus.State.CONNECTED) {
        status = "connected";
      } else if (!status.equals("connected")) {
        status = "error";
      }
      if (device.detail() != null) {
        messages.add(device.name() + ": " + device.detail());
      }
    }

    Map<String, Object> toMap() {
      return Map.of("status", status, "messages", messages);
    }
  }
}
