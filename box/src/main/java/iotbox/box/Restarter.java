package iotbox.box;

import iotbox.box.http.part.Restart;
import iotbox.box.systemd.Systemd;
import iotbox.box.thread.BoxThreads;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Ends the process for systemd to start it again, where it is systemd that started it. */
final class Restarter implements Restart {
  /** Enough for the answer to be on its way. */
  private static final long DELAY_MILLIS = 300;

  private final boolean possible;
  private final BoxThreads threads;
  private final Runnable end;

  /**
   * @param end of the process; may block
   */
  Restarter(Map<String, String> environment, BoxThreads threads, Runnable end) {
    this.possible = Systemd.bringsBack(environment);
    this.threads = threads;
    this.end = end;
  }

  @Override
  public boolean isPossible() {
    return possible;
  }

  @Override
  public void soon() {
    threads
        .timer()
        .schedule(() -> threads.work().execute(end), DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }
}
