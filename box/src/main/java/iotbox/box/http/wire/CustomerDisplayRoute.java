package iotbox.box.http.wire;

import iotbox.box.device.DeviceManager;
import iotbox.box.device.open.ActionResult;
import iotbox.box.device.status.DeviceStatus;
import iotbox.handler.ActionData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * {@code /hw_proxy/customer_facing_display}: what a point of sale and its page for customers ask of
 * the box's first display. Clients of 18 name what is to be done and get a status; those of 19 ask
 * for what customers are to see, without a word.
 */
public final class CustomerDisplayRoute {
  /** What 18 answers to what was done. */
  private static final Map<String, String> DONE =
      Map.of(
          "open", "opened",
          "open_kiosk", "opened",
          "close", "closed",
          "set", "updated",
          "rotate_screen", "rotated");

  private final DeviceManager devices;
  private final Function<String, Object> shown;

  /**
   * @param shown what customers are to see at this display
   */
  public CustomerDisplayRoute(DeviceManager devices, Function<String, Object> shown) {
    this.devices = devices;
    this.shown = shown;
  }

  /** Does what is asked for; the page for customers asks once a second, so that costs little. */
  public CompletableFuture<?> perform(Params params) throws RpcException {
    String display = display();
    String action = params.text("action");
    if (action == null) {
      return CompletableFuture.completedFuture(shown.apply(display));
    }
    if (action.equals("get")) {
      return CompletableFuture.completedFuture(
          Map.of("status", "retrieved", "data", shown.apply(display)));
    }
    String done = DONE.get(action);
    if (done == null) {
      throw RpcException.invalid("action", "one of get and " + DONE.keySet());
    }
    CompletableFuture<ActionResult> result = devices.action(display, data(action, params));
    params.body().keepFor(result);
    return result.thenCompose(each -> answer(each, done));
  }

  private String display() throws RpcException {
    return devices.status().stream()
        .filter(device -> device.open() && device.type().equals("display"))
        .map(DeviceStatus::identifier)
        .findFirst()
        .orElseThrow(
            () ->
                new RpcException(
                    "ServiceUnavailable",
                    "No display is connected to this box, or it was not started on a desktop."));
  }

  /** The route calls the orientation {@code data}, the action has a name for it. */
  private static ActionData data(String action, Params params) {
    Map<String, Object> data = new LinkedHashMap<>();
    params.values().forEach((name, value) -> data.put(name.toString(), value));
    if (action.equals("rotate_screen") && !data.containsKey("orientation")) {
      data.put("orientation", data.get("data"));
    }
    return ActionData.of(data, null);
  }

  private static CompletableFuture<?> answer(ActionResult result, String done) {
    return result.status() == ActionResult.Status.SUCCESS
        ? CompletableFuture.completedFuture(Map.of("status", done))
        : CompletableFuture.failedFuture(
            new RpcException(
                "DisplayError",
                result.result() == null ? "The display is gone." : result.result().toString()));
  }
}
