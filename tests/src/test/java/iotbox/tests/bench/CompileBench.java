package iotbox.tests.bench;

import java.io.IOException;
import java.util.Locale;

/**
 * What it takes to load handlers, by either compiler, in fresh JVMs and in one that has done it.
 */
final class CompileBench {
  private static final int FRESH = 5;
  private static final int WARM = 30;

  void measure(Table table) throws IOException, InterruptedException {
    for (String compiler : new String[] {"janino", "ecj"}) {
      for (int handlers : new int[] {1, 10}) {
        table.row(
            String.format(
                Locale.ROOT, "load %d handler%s, %s", handlers, handlers == 1 ? "" : "s", compiler),
            cold(compiler, handlers).millis()
                + " cold, "
                + warm(compiler, handlers).millis()
                + " warm",
            "",
            "zip to validated classes, 150 lines each; cold: "
                + FRESH
                + " fresh JVMs, warm: last 20 of "
                + WARM);
      }
    }
  }

  private static Figures cold(String compiler, int handlers)
      throws IOException, InterruptedException {
    double[] first = new double[FRESH];
    for (int i = 0; i < FRESH; i++) {
      first[i] = rounds(compiler, handlers, 1)[0];
    }
    return new Figures(first);
  }

  private static Figures warm(String compiler, int handlers)
      throws IOException, InterruptedException {
    double[] all = rounds(compiler, handlers, WARM);
    return new Figures(java.util.Arrays.copyOfRange(all, WARM - 20, WARM));
  }

  private static double[] rounds(String compiler, int handlers, int rounds)
      throws IOException, InterruptedException {
    return OwnJvm.figures(CompileTime.class, compiler, handlers, rounds);
  }
}
