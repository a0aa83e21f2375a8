package iotbox.tests.bench;

import iotbox.tests.BoxProcess;
import iotbox.tests.HandlersZip;
import iotbox.tests.OdooStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** How long the box, as {@code box/run} starts it, takes for the handlers of a new Odoo. */
final class LoadBench {
  private static final int STARTS = 5;
  private static final int HANDLERS = 12;
  private static final Pattern LOADED =
      Pattern.compile("Handlers of odoo: " + HANDLERS + " loaded, 0 refused, in (\\d+) ms");

  void measure(Table table) throws IOException {
    row(table, "janino", Gauges.numbered(0, HANDLERS));
    row(table, "ecj", Gauges.modern(HANDLERS));
  }

  private static void row(Table table, String compiler, HandlersZip handlers) throws IOException {
    double[] first = new double[STARTS];
    double[] again = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      Path data = Files.createTempDirectory("bench");
      try (OdooStandIn odoo = OdooStandIn.start().serving(handlers)) {
        first[i] = load(odoo, data);
        again[i] = load(odoo, data);
      }
      BootBench.delete(data);
    }
    String how = "as the box's log says, median of " + STARTS + ": ";
    table.row(
        "load " + HANDLERS + " handlers, " + compiler,
        new Figures(first).millis(),
        "364–420 ms",
        how + "first boot, all compiled");
    table.row(
        "  unchanged boot",
        new Figures(again).millis(),
        "364–420 ms",
        how + "as at each boot from then on");
  }

  private static double load(OdooStandIn odoo, Path data) {
    try (BoxProcess box = start(odoo, data)) {
      return awaitLoaded(box);
    }
  }

  static BoxProcess start(OdooStandIn odoo, Path data) {
    return BoxProcess.start(
        List.of(
            BoxProcess.root().resolve("box/run").toString(),
            "--bind=127.0.0.1",
            "--port=0",
            "--https-port=0",
            "--data=" + data,
            "--odoo=" + odoo.pairingUrl()));
  }

  /** The milliseconds that loading took, as the log says. */
  static double awaitLoaded(BoxProcess box) {
    Matcher line =
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> LOADED.matcher(box.stderr()), Matcher::find);
    return Double.parseDouble(line.group(1));
  }
}
