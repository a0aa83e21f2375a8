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
 * @param hash the SHA-256 of the file's bytes in hexadecimal; {@code null} where the box has none
 * @param since when this version got into this state; {@code null} while it is being loaded
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
    Running running,
    String hash,
    Instant since) {

  public HandlerStatus {
    diagnostics = List.copyOf(diagnostics);
  }

  /** A file of which no earlier version runs, just now. */
  public HandlerStatus(
      String file,
      String className,
      Kind kind,
      State state,
      Compiler compiler,
      String connectionType,
      Integer priority,
      List<Diagnostic> diagnostics) {
    this(
        file,
        className,
        kind,
        state,
        compiler,
        connectionType,
        priority,
        diagnostics,
        null,
        null,
        null);
  }

  /**
   * An earlier version of a file that keeps running.
   *
   * @param className the public class it declared
   * @param since when it was loaded
   * @param hash the SHA-256 of its bytes, in hexadecimal
   */
  public record Running(String className, Compiler compiler, Instant since, String hash) {}

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
    return with(state, all, running);
  }

  /** The same with another outcome. */
  HandlerStatus with(State other, List<Diagnostic> all, Running earlier) {
    return copy(other, all, earlier, hash, since);
  }

  /** This of a file whose bytes have this hash. */
  HandlerStatus of(String sha256) {
    return copy(state, diagnostics, running, sha256, since);
  }

  /** This since then. */
  HandlerStatus since(Instant then) {
    return copy(state, diagnostics, running, hash, then);
  }

  /** This with what may still change when the file has been looked at. */
  private HandlerStatus copy(
      State outcome, List<Diagnostic> all, Running earlier, String sha256, Instant then) {
    return new HandlerStatus(
        file,
        className,
        kind,
        outcome,
        compiler,
        connectionType,
        priority,
        all,
        earlier,
        sha256,
        then);
  }
}
