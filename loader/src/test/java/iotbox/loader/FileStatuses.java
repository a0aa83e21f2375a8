package iotbox.loader;

/** What became of each file. */
final class FileStatuses {
  private FileStatuses() {}

  static HandlerStatus status(Handlers handlers, String file) {
    return handlers.status().stream()
        .filter(status -> status.file().equals(file))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " is not in " + handlers.status()));
  }

  /** The first that was found wrong in it. */
  static String message(Handlers handlers, String file) {
    return status(handlers, file).diagnostics().get(0).message();
  }
}
