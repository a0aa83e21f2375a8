package iotbox.box.odoo;

import static org.awaitility.Awaitility.await;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.thread.BoxThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A link with everything that belongs to it, and what a test wants to see of it. */
final class LinkFixture implements AutoCloseable {
  /** The order of the pauses is that of real life; a second is a twentieth. */
  static final Pace FAST =
      new Pace(
          Duration.ofMillis(30),
          Duration.ofMillis(60),
          Duration.ofMillis(25),
          Duration.ofMillis(100),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100));

  final AtomicReference<List<DeviceStatus>> devices = new AtomicReference<>(List.of());
  final AtomicReference<String> address = new AtomicReference<>("192.0.2.2");
  final List<byte[]> installed = new CopyOnWriteArrayList<>();

  /** Whether nothing of the archive before goes on running. */
  volatile boolean replacesAll = true;

  final AtomicInteger removed = new AtomicInteger();
  final AtomicReference<Exception> installFailure = new AtomicReference<>();
  volatile AtomicReference<RuntimeException> failure = new AtomicReference<>();
  final OdooLink link;
  private final BoxThreads threads = new BoxThreads();
  private final OdooClient client = new OdooClient();

  LinkFixture(Path folder, Pace pace) {
    link =
        new OdooLink(
            new CredentialStore(folder),
            new BoxIdentity("box-1", "02:fc:00:00:00:01", address::get, "L1.0", "till"),
            this::listDevices,
            new Installer(),
            new HandlerCache(folder),
            client,
            threads,
            pace);
  }

  State state() {
    return link.status().state();
  }

  void awaitState(State state) {
    await().until(() -> state() == state);
  }

  /** Waits for a time in which something that must not happen would have happened. */
  void settle() {
    try {
      Thread.sleep(150);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    link.close();
    client.close();
    threads.close();
  }

  private List<DeviceStatus> listDevices() {
    if (failure.get() != null) {
      throw failure.get();
    }
    return devices.get();
  }

  private final class Installer implements HandlerInstaller {
    @Override
    public void install(byte[] zip) throws Exception {
      if (installFailure.get() != null) {
        throw installFailure.get();
      }
      installed.add(zip);
    }

    @Override
    public boolean replacedAll() {
      return replacesAll;
    }

    @Override
    public void remove() {
      removed.incrementAndGet();
    }
  }
}
