package iotbox.stock.setting;

import java.io.IOException;
import java.util.Map;

/** Settings on a disk that is full from some moment on. */
public final class FillingDisk implements Settings {
  /** What the box says of such a disk. */
  public static final String REFUSAL = "Nothing was changed, as the disk is full.";

  private final Settings settings = Settings.passing();
  private volatile boolean full;

  /** From now on it takes nothing, or takes what comes again. */
  public void full(boolean now) {
    full = now;
  }

  @Override
  public Map<String, Object> of(String identifier) {
    return settings.of(identifier);
  }

  @Override
  public void keep(String identifier, Map<String, ?> kept) throws IOException {
    if (full) {
      throw new IOException(REFUSAL);
    }
    settings.keep(identifier, kept);
  }
}
