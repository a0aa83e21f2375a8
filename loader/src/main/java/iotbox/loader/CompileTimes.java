package iotbox.loader;

import iotbox.loader.HandlerStatus.Compiler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How long compilers took up to now. Safe for all threads; no lock. */
public final class CompileTimes {
  private final Map<Compiler, Cell> cells = new EnumMap<>(Compiler.class);

  private static final class Cell {
    private final LongAdder runs = new LongAdder();
    private final LongAdder nanos = new LongAdder();
  }

  /**
   * What one compiler did.
   *
   * @param runs how many groups of files it compiled or refused
   * @param nanos how long all of them took, what Janino tried in vain before it included
   */
  public record Time(Compiler compiler, long runs, long nanos) {}

  CompileTimes() {
    cells.put(Compiler.JANINO, new Cell());
    cells.put(Compiler.ECJ, new Cell());
  }

  void add(Compiler compiler, long nanos) {
    Cell cell = cells.get(compiler);
    cell.runs.increment();
    cell.nanos.add(nanos);
  }

  /** Of both compilers; a copy. */
  public List<Time> now() {
    List<Time> copy = new ArrayList<>();
    cells.forEach(
        (compiler, cell) -> copy.add(new Time(compiler, cell.runs.sum(), cell.nanos.sum())));
    return copy;
  }
}
