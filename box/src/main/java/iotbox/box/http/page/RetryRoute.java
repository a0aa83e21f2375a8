package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.detection.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import java.util.Map;

/** Has what gives trouble tried again at once, instead of when the box would do it by itself. */
public final class RetryRoute {
  private final DeviceManager devices;
  private final Detection detection;

  public RetryRoute(DeviceManager devices, Detection detection) {
    this.devices = devices;
    this.detection = detection;
  }

  /**
   * {@code {"identifier": …}} of a device, or {@code {"interface": …}}, its class. 202: what comes
   * of it is seen in the status; 404 if there is none of that name.
   */
  public void retry(Context ctx) throws RefusedException {
    Map<?, ?> request = RequestBody.object(ctx);
    if (request.get("identifier") instanceof String identifier
        && !request.containsKey("interface")) {
      require(devices.retry(identifier), "device \"" + identifier + "\"");
    } else if (request.get("interface") instanceof String className
        && !request.containsKey("identifier")) {
      require(detection.retry(className), "interface of the class \"" + className + "\"");
    } else {
      throw new RefusedException(
          400, "Send {\"identifier\": …} of a device, or {\"interface\": …}, its class.");
    }
    ctx.status(202);
  }

  private static void require(boolean there, String what) throws RefusedException {
    if (!there) {
      throw RefusedException.notThere(what);
    }
  }
}
