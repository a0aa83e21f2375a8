package iotbox.box.http;

import iotbox.box.http.message.RefusedException;
import iotbox.box.http.part.LineControl;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Knows no serial ports. */
final class NoLines implements LineControl {
  @Override
  public Map<String, Object> view(String identifier) throws RefusedException {
    throw none();
  }

  @Override
  public Map<String, String> keep(String identifier, Map<?, ?> settings) throws RefusedException {
    throw none();
  }

  @Override
  public CompletableFuture<Map<String, Object>> attempt(String identifier, Map<?, ?> settings)
      throws RefusedException {
    throw none();
  }

  private static RefusedException none() {
    return new RefusedException(404, "There is no serial port.");
  }
}
