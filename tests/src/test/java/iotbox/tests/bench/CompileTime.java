package iotbox.tests.bench;

import iotbox.handler.Driver;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.HandlerArchive;
import iotbox.loader.HandlerCompiler;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Platform;
import iotbox.loader.VisibleClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Loads handlers in a JVM of its own and prints the milliseconds of each round: the first is cold.
 * From the bytes of the zip to validated classes, as when Odoo sends them.
 */
public final class CompileTime {
  private CompileTime() {}

  /** Arguments: {@code janino} or {@code ecj}, number of handlers, number of rounds. */
  public static void main(String[] arguments) throws Exception {
    HandlerStatus.Compiler wanted =
        HandlerStatus.Compiler.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int handlers = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<byte[]> zips = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      zips.add(Gauges.numbered(round * handlers, handlers).bytes());
    }
    HandlerCompiler compiler =
        wanted == HandlerStatus.Compiler.JANINO
            ? HandlerCompiler.janinoOnly()
            : HandlerCompiler.eclipseOnly();
    for (byte[] zip : zips) {
      BuiltinHandlers none = BuiltinHandlers.none();
      HandlerRegistry registry = new HandlerRegistry(none.handlers());
      VisibleClasses visible = new VisibleClasses(Driver.class.getClassLoader(), List.of());
      long begun = System.nanoTime();
      HandlerLoader loader =
          new HandlerLoader(registry, none, visible, Platform.current(), compiler);
      loader.reload("bench", HandlerArchive.ofZip(zip));
      double millis = (System.nanoTime() - begun) / 1e6;
      check(registry, handlers, wanted);
      System.out.println(millis);
    }
  }

  private static void check(HandlerRegistry registry, int handlers, HandlerStatus.Compiler wanted) {
    long loaded =
        registry.current().status().stream()
            .filter(file -> file.state() == HandlerStatus.State.LOADED)
            .filter(file -> file.compiler() == wanted)
            .count();
    if (loaded != handlers) {
      throw new IllegalStateException("Not loaded as wanted: " + registry.current().status());
    }
  }
}
