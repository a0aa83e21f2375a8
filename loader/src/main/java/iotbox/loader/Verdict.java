package iotbox.loader;

import java.util.List;

/**
 * What a class turned out to be.
 *
 * @param driver what to register, or {@code null}
 * @param anInterface what to register, or {@code null}
 * @param faults why it is refused, in sentences that say what to write
 */
record Verdict(
    Class<?> type,
    HandlerStatus.Kind kind,
    DriverType driver,
    InterfaceType anInterface,
    List<String> faults) {

  static Verdict library(Class<?> type) {
    return new Verdict(type, HandlerStatus.Kind.LIBRARY, null, null, List.of());
  }

  /** The entry in the status. */
  HandlerStatus status(String file, HandlerStatus.Compiler compiler, List<Diagnostic> diagnostics) {
    return new HandlerStatus(
        file,
        type.getName(),
        kind,
        faults.isEmpty() ? HandlerStatus.State.LOADED : HandlerStatus.State.FAILED,
        compiler,
        driver != null
            ? driver.connectionType()
            : anInterface != null ? anInterface.connectionType() : null,
        driver == null ? null : driver.priority(),
        diagnostics);
  }
}
