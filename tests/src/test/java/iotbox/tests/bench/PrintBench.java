package iotbox.tests.bench;

import iotbox.stock.printer.NetworkPrinter;
import iotbox.stock.printer.Pictures;
import iotbox.tests.BoxProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * How long a receipt of 576 by 2,000 dots takes from the action to the first and the last byte at
 * the printer, alone and when two print at once.
 */
final class PrintBench {
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 100;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final String receipt =
      Base64.getEncoder().encodeToString(Pictures.file("receipt-576x2000.jpg"));

  void measure(Table table) throws IOException {
    Path data = Files.createTempDirectory("bench");
    try (NetworkPrinter till = NetworkPrinter.escPos();
        NetworkPrinter bar = NetworkPrinter.escPos();
        BoxProcess box = start(data, till, bar);
        WireClient one = new WireClient(box.url());
        WireClient other = new WireClient(box.url())) {
      makeReceiptPrinter(one, "till");
      makeReceiptPrinter(one, "bar");
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2)); // It gets ready for receipts.
      double first = round(one, "till", till)[0];
      for (int i = 0; i < WARM_UP; i++) {
        round(one, "till", till);
        round(other, "bar", bar);
      }
      double[] firsts = new double[ROUNDS];
      double[] lasts = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        double[] times = round(one, "till", till);
        firsts[i] = times[0];
        lasts[i] = times[1];
      }
      double[] both = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        both[i] = together(one, till, other, bar);
      }
      String how = ROUNDS + " receipts of 576 × 2000 dots, JPEG, to a printer at the loopback";
      table.row(
          "receipt action to first byte, p50 / p99",
          percentiles(new Figures(firsts)),
          "",
          how + String.format(Locale.ROOT, "; the first after the start %.0f ms", first));
      table.row("  to last byte", percentiles(new Figures(lasts)), "", "the same");
      table.row(
          "  to last byte of both, two printers at once",
          percentiles(new Figures(both)),
          "",
          ROUNDS + " times two at the same moment");
    }
    BootBench.delete(data);
  }

  private static String percentiles(Figures figures) {
    return String.format(
        Locale.ROOT, "%.1f / %.1f ms", figures.percentile(0.5), figures.percentile(0.99));
  }

  private static BoxProcess start(Path data, NetworkPrinter till, NetworkPrinter bar) {
    return BoxProcess.start(
        List.of(
            BoxProcess.root().resolve("box/run").toString(),
            "--bind=127.0.0.1",
            "--port=0",
            "--data=" + data,
            "--printer=till=" + till.uri(),
            "--printer=bar=" + bar.uri()));
  }

  private static void makeReceiptPrinter(WireClient client, String printer) {
    Awaitility.await()
        .atMost(SOON)
        .until(
            () -> {
              post(client, printer, "\"action\":\"update_kind\",\"kind\":\"receipt_printer\"");
              return client.receive().contains("\"success\"");
            });
  }

  private static void post(WireClient client, String printer, String data) throws IOException {
    client.post(
        "/iot_drivers/action",
        "{\"params\":{\"session_id\":\"bench\",\"device_identifier\":\""
            + printer
            + "\",\"answer\":true,\"data\":{"
            + data
            + "}}}");
  }

  /** Milliseconds to the first and to the last byte. */
  private double[] round(WireClient client, String name, NetworkPrinter printer)
      throws IOException {
    int before = printer.paper().pieces().size();
    long begun = System.nanoTime();
    print(client, name);
    client.receive();
    awaitPiece(printer, before + 1);
    return new double[] {
      (printer.firstByteNanos() - begun) / 1e6, (printer.lastByteNanos() - begun) / 1e6
    };
  }

  private double together(WireClient one, NetworkPrinter till, WireClient other, NetworkPrinter bar)
      throws IOException {
    int tills = till.paper().pieces().size();
    int bars = bar.paper().pieces().size();
    long begun = System.nanoTime();
    print(one, "till");
    print(other, "bar");
    one.receive();
    other.receive();
    awaitPiece(till, tills + 1);
    awaitPiece(bar, bars + 1);
    return (Math.max(till.lastByteNanos(), bar.lastByteNanos()) - begun) / 1e6;
  }

  private void print(WireClient client, String printer) throws IOException {
    post(client, printer, "\"action\":\"print_receipt\",\"receipt\":\"" + receipt + "\"");
  }

  private static void awaitPiece(NetworkPrinter printer, int pieces) {
    Awaitility.await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> printer.paper().pieces().size() == pieces);
  }
}
