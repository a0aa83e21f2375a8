package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.http.message.Answers;
import iotbox.box.http.part.NetworkView;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How browsers reach the box, in words and as a code for a phone's camera. */
public final class NetworkRoutes {
  private final Supplier<NetworkView> network;

  public NetworkRoutes(Supplier<NetworkView> network) {
    this.network = network;
  }

  public void show(Context ctx) {
    NetworkView now = network.get();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("address", now.address());
    answer.put("reachable", now.reachable());
    answer.put("urls", now.urls());
    answer.put("names", now.names());
    answer.put("allowedHosts", now.allowedHosts());
    Answers.json(ctx, answer);
  }

  /** The address of the homepage as a QR code. */
  public void code(Context ctx) {
    ctx.header("Cache-Control", "no-cache");
    byte[] picture = QrCode.svg(network.get().address()).getBytes(StandardCharsets.UTF_8);
    Answers.bytes(ctx, "image/svg+xml;charset=utf-8", picture);
  }
}
