package iotbox.loader;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of one handler file; an entry of {@code handlers} in {@code /api/status}.
 *
 * @param file its path below {@code iot_handlers}, or that of a built-in source
 * @param className the public class it declares, or {@code null}
 * @param compiler who compiled it, or {@code null}
 * @param connectionType of the driver or interface, or {@code null}
 * @param priority the effective priority of a driver, or {@code null}
 * @param running the earlier version that runs instead of this one, or {@code null}
 */
public record HandlerStatus(
    String file,
    String className,
    Kind kind,
    State state,
    Compiler compiler,
    String connectionType,
    Integer priority,
    List<Diagnostic> diagnostics,
    Running running) {

  public HandlerStatus {
    diagnostics = List.copyOf(diagnostics);
  }

  /** A file of which no earlier version runs. */
  public HandlerStatus(
      String file,
      String className,
      Kind kind,
      State state,
      Compiler compiler,
      String connectionType,
      Integer priority,
      List<Diagnostic> diagnostics) {
    this(file, className, kind, state, compiler, connectionType, priority, diagnostics, null);
  }

  /**
   * An earlier version of a file that keeps running.
   *
   * @param className the public class it declared
   * @param since when it was loaded
   */
  public record Running(String className, Compiler compiler, Instant since) {}

  /** What a file is for. {@code LIBRARY}: a jar, a helper, a base class that others extend. */
  public enum Kind {
    DRIVER,
    INTERFACE,
    LIBRARY,
    PYTHON,
    OTHER;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@code SKIPPED}: not for this box (Python, another system), which is no fault. */
  public enum State {
    LOADED,
    FAILED,
    SKIPPED;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who turned the source into a class; {@code BUILTIN}: came with the box. */
  public enum Compiler {
    JANINO,
    ECJ,
    BUILTIN;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** This with one more diagnostic. */
  HandlerStatus with(Diagnostic more) {
    List<Diagnostic> all = new ArrayList<>(diagnostics);
    all.add(more);
    return new HandlerStatus(
        file, className, kind, state, compiler, connectionType, priority, all, running);
  }
}
