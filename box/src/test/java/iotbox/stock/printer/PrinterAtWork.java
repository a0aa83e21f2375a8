package iotbox.stock.printer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import iotbox.handler.ActionData;
import iotbox.handler.ActionFailedException;
import iotbox.handler.Device;
import iotbox.stock.RunningDriver;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A printer's driver whose loop runs as in the box, and its events. */
final class PrinterAtWork implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);

  final PrinterDriver driver;
  private final RunningDriver running;

  PrinterAtWork(Map<String, ?> attributes, PrinterPort port) {
    Map<String, Object> all = new LinkedHashMap<>(attributes);
    all.putIfAbsent("identifier", "printer1");
    driver = new PrinterDriver(all.get("identifier").toString(), Device.of(all, port));
    running = new RunningDriver(driver);
  }

  static PrinterAtWork receipts(NetworkPrinter printer) {
    return receipts(RawPort.socket("127.0.0.1", printer.port()));
  }

  static PrinterAtWork receipts(PrinterPort port) {
    return new PrinterAtWork(Map.of("kind", "receipt_printer", "name", "Till"), port);
  }

  Object act(Map<String, ?> data, String session) throws Exception {
    return driver.action(ActionData.of(data, session));
  }

  Object receipt(byte[] picture, String session) throws Exception {
    return act(receiptOf(picture), session);
  }

  static Map<String, ?> receiptOf(byte[] picture) {
    return Map.of("action", "print_receipt", "receipt", base64(picture));
  }

  /** That of an action which fails because of this kind of exception. */
  ActionFailedException failure(
      Class<? extends Exception> why, Map<String, ?> data, String session) {
    ActionFailedException failure =
        assertThrows(ActionFailedException.class, () -> act(data, session));
    assertInstanceOf(why, failure.getCause());
    assertEquals(failure.getCause().getMessage(), failure.getMessage());
    return failure;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  List<Map<String, Object>> events() {
    return running.host.events();
  }

  List<Object> statuses() {
    return events().stream().map(event -> event.get("status")).toList();
  }

  Map<String, Object> awaitEvent(int count) {
    await().atMost(SOON).until(() -> events().size() >= count);
    return events().get(count - 1);
  }

  boolean isRunning() {
    return running.isRunning();
  }

  @Override
  public void close() {
    running.close();
  }
}
