package iotbox.tests.bench;

import iotbox.handler.Driver;
import iotbox.loader.ArchiveLimits;
import iotbox.loader.ArchiveReader;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.LoadReport;
import iotbox.loader.Platform;
import iotbox.loader.VisibleClasses;
import java.io.IOException;
import java.util.List;

/**
 * Reloads a set of handlers of which one changes each time, in a JVM of its own, and prints the
 * milliseconds of each round: from the bytes of the zip to the swapped registry.
 */
public final class ReloadTime {
  private ReloadTime() {}

  /** Arguments: number of handlers, number of rounds. */
  public static void main(String[] arguments) throws Exception {
    int handlers = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    BuiltinHandlers none = BuiltinHandlers.none();
    HandlerRegistry registry = new HandlerRegistry(none.handlers());
    HandlerLoader loader =
        new HandlerLoader(
            registry,
            none,
            new VisibleClasses(Driver.class.getClassLoader(), List.of()),
            Platform.current());
    ArchiveReader reader = new ArchiveReader(ArchiveLimits.DEFAULT);
    for (int round = 0; round < rounds; round++) {
      byte[] zip = Gauges.oneChanged(handlers, round).bytes();
      long begun = System.nanoTime();
      LoadReport report = loader.reload("bench", reader.ofZip(zip));
      double millis = (System.nanoTime() - begun) / 1e6;
      if (!(report instanceof LoadReport.Changed changed)
          || changed.failed() > 0
          || changed.handlers().drivers().size() != handlers) {
        throw new IOException("Not loaded as wanted: " + report);
      }
      System.out.println(millis);
    }
  }
}
