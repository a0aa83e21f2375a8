package iotbox.box.http.wire;

import iotbox.box.device.DeviceManager;
import iotbox.box.device.open.ActionResult;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.http.limit.Body;
import iotbox.box.http.part.OdooControl;
import iotbox.handler.ActionData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Has a device do something: {@code /hw_drivers/action} and {@code /iot_drivers/action}. */
public final class ActionRoutes {
  private final DeviceManager devices;
  private final OdooControl odoo;

  public ActionRoutes(DeviceManager devices, OdooControl odoo) {
    this.devices = devices;
    this.odoo = odoo;
  }

  /**
   * Only says whether the device took it; what came of it travels by long poll. A device that
   * hangs, or for which too many wait, has not taken it.
   */
  public boolean accept(Params params) throws RpcException {
    return accept(Request.of(params), params.body());
  }

  /**
   * What the paired server's line expects; without a server, the newest. A caller that is no page
   * of that server can ask for the newest, too, by the parameter {@code answer}.
   *
   * @param vouched tells whether the owner or the paired Odoo stands behind the call, which is
   *     asked for what changes the box
   */
  public CompletableFuture<?> perform(Params params, BooleanSupplier vouched) throws RpcException {
    Request request = Request.of(params);
    boolean onlyAccept = !odoo.answersActions() && !Boolean.TRUE.equals(params.get("answer"));
    if (request.device.equals(odoo.boxIdentifier())) {
      return odoo.boxAction(request.data, vouched.getAsBoolean())
          .thenApply(
              result ->
                  onlyAccept
                      ? result.status() == ActionResult.Status.SUCCESS
                      : response(request, result));
    }
    if (onlyAccept) {
      return CompletableFuture.completedFuture(accept(request, params.body()));
    }
    return devices
        .action(meant(request.device), request.data)
        .thenApply(result -> response(request, result));
  }

  /** Answered before it is done, so the body is in use for longer than the request. */
  private boolean accept(Request request, Body body) {
    String device = meant(request.device);
    if (!devices.isOpen(device)) {
      return false;
    }
    CompletableFuture<ActionResult> result = devices.action(device, request.data);
    body.keepFor(result);
    return !result.isDone() || result.join().taken();
  }

  /** A type, such as {@code display}, stands for the first device of it, as with listeners. */
  private String meant(String name) {
    return devices.isOpen(name)
        ? name
        : devices.status().stream()
            .filter(device -> device.open() && device.type().equals(name))
            .map(DeviceStatus::identifier)
            .findFirst()
            .orElse(name);
  }

  private Map<String, Object> response(Request request, ActionResult result) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("status", result.status().word());
    response.put("result", result.result());
    response.put("session_id", request.data.sessionId());
    response.put("owner", request.data.sessionId());
    response.put("iot_box_identifier", odoo.boxIdentifier());
    response.put("device_identifier", request.device);
    response.put("time", System.currentTimeMillis() / 1e3);
    return response;
  }

  /** The parameters, with {@code data} as an object even where the client made a text of it. */
  private record Request(String device, ActionData data) {

    static Request of(Params params) throws RpcException {
      params.require("session_id", "device_identifier", "data");
      String device = params.text("device_identifier");
      if (device == null) {
        throw RpcException.invalid("device_identifier", "a text");
      }
      return new Request(device, ActionDatas.of(params, params.text("session_id")));
    }
  }
}
