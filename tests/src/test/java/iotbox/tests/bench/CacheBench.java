package iotbox.tests.bench;

import iotbox.tests.HandlersZip;
import iotbox.tests.OdooStandIn;
import iotbox.tests.TestHandlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the classes that the box keeps on disk bring, from its first hello to its first device. */
final class CacheBench {
  private static final int STARTS = 7;
  private static final int HANDLERS = 12;

  private final BootBench boots = new BootBench();

  void measure(Table table) throws IOException, InterruptedException {
    row(table, "janino", Gauges.numbered(0, HANDLERS));
    row(table, "ecj", Gauges.modern(HANDLERS));
  }

  private void row(Table table, String compiler, HandlersZip gauges)
      throws IOException, InterruptedException {
    HandlersZip handlers =
        gauges
            .and("interfaces/BenchInterface.java", TestHandlers.INTERFACE)
            .and("drivers/BenchDriver.java", TestHandlers.DRIVER);
    double[] first = new double[STARTS];
    double[] unchanged = new double[STARTS];
    double[] compiling = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      Path data = Files.createTempDirectory("bench");
      try (OdooStandIn odoo = OdooStandIn.start().serving(handlers)) {
        first[i] = boots.boot(odoo, data, false).afterHello();
        unchanged[i] = boots.boot(odoo, data, false).afterHello();
        BootBench.delete(data.resolve("classes"));
        compiling[i] = boots.boot(odoo, data, false).afterHello();
      }
      BootBench.delete(data);
    }
    String what = "hello to first device, " + compiler;
    String how = (HANDLERS + 2) + " handlers, median of " + STARTS + ": ";
    table.row(what + ", first boot", new Figures(first).millis(), "", how + "all compiled");
    table.row("  unchanged boot", new Figures(unchanged).millis(), "", how + "nothing compiled");
    table.row("  classes deleted", new Figures(compiling).millis(), "", how + "archive kept");
  }
}
