package iotbox.tests.bench;

import iotbox.tests.BoxProcess;
import iotbox.tests.HandlersZip;
import iotbox.tests.OdooStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Whether what the compilers took is given back. */
final class MemoryBench {
  private static final int HANDLERS = 12;

  /** The Eclipse compiler's process ends after 30 s without work. */
  private static final long SETTLE_SECONDS = 45;

  void measure(Table table) throws IOException, InterruptedException {
    row(table, "idle after Janino", Gauges.numbered(0, HANDLERS));
    row(table, "idle after ECJ", Gauges.modern(HANDLERS));
  }

  private static void row(Table table, String name, HandlersZip handlers)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("bench");
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = LoadBench.start(odoo, data)) {
      LoadBench.awaitLoaded(box);
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      table.row(
          "  " + name,
          Math.round(BootBench.residentMebibytes(box.pid())) + " MiB",
          "",
          "VmRSS " + SETTLE_SECONDS + " s after " + HANDLERS + " handlers were compiled");
    }
  }
}
