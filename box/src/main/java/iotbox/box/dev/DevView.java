package iotbox.box.dev;

import iotbox.box.access.OwnerPassword;
import iotbox.box.demo.DemoInstruments;
import iotbox.box.dev.Screen.Look;
import iotbox.box.dev.Screen.Tone;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.event.EventHub;
import iotbox.box.option.StartupException;
import iotbox.box.reload.Reload;
import iotbox.box.thread.BoxThreads;
import iotbox.loader.HandlerStatus;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What whoever writes a module's handlers sees and has on the desk: the devices that are played,
 * and on the terminal what came of each save, of devices, of events and actions.
 *
 * <p>Everything is shown by one thread of its own, so that neither handlers nor the loader wait for
 * a terminal.
 */
public final class DevView implements AutoCloseable {
  /** Devices change their status several times while they are opened. */
  private static final int REST_MILLIS = 50;

  private final DevCommand.Start start;
  private final Path data;
  private final BoxThreads threads;
  private final ScheduledExecutorService writer;
  private final Screen screen;
  private final PlayedModule played;
  private final ReloadLines reloads;
  private final AtomicBoolean looking = new AtomicBoolean();
  private DemoInstruments instruments;
  private DevPassword password;

  /**
   * @param data the box's folder
   * @param out gets the lines
   */
  public DevView(
      DevCommand.Start start,
      Path data,
      BoxThreads threads,
      Map<String, String> environment,
      Consumer<String> out) {
    this.start = start;
    this.data = data;
    Path module = start.module();
    this.threads = threads;
    this.writer = threads.single("view");
    this.screen = new Screen(out, writer, Look.of(environment, isTerminal()));
    this.played = new PlayedModule(module, data.resolve("devices"), threads, screen);
    Path handlers = module.endsWith("iot_handlers") ? module : module.resolve("iot_handlers");
    this.reloads = new ReloadLines(handlers, screen);
  }

  /** Later versions of Java have a console without a terminal, too, and a method that tells. */
  private static boolean isTerminal() {
    if (System.console() == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(System.console());
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** A password for the owner, which is shown from now on. */
  public OwnerPassword password() throws StartupException {
    try {
      password = DevPassword.in(data);
      return password;
    } catch (IOException e) {
      throw StartupException.unwritable(data, e);
    }
  }

  /** Serial ports that are played just now. */
  public List<String> serialPorts() {
    return played.serialPorts();
  }

  /** Begins to play the devices; returns when those that are there are plugged in. */
  public void play() {
    played.start();
    if (needsInstruments()) {
      try {
        instruments = new DemoInstruments(threads.work());
        System.setProperty(DemoInstruments.PROPERTY, instruments.property());
        screen.happened(
            Tone.PLAIN, "played", "the demonstration's instruments: at " + instruments.property());
      } catch (IOException e) {
        screen.happened(Tone.BAD, "played", "no instruments: " + e.getMessage());
      }
    }
  }

  /** Whether an interface of the module looks for those that the demonstration has. */
  private boolean needsInstruments() {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(start.module().resolve("iot_handlers/interfaces"), "*.java")) {
      for (Path file : files) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1)
            .contains("\"" + DemoInstruments.PROPERTY + "\"")) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // There are no interfaces.
    }
    return false;
  }

  /** Something was loaded; called right after, on the thread that loads. */
  public void reloaded(Reload reload, List<HandlerStatus> status) {
    writer.execute(() -> reloads.show(reload, status));
  }

  /**
   * The box serves: shows from now on what becomes of devices.
   *
   * @param latest the last reloads, newest first
   * @return is to be called when devices have changed, on any thread
   */
  public Runnable serves(
      String url,
      Supplier<List<DeviceStatus>> devices,
      Supplier<List<Reload>> latest,
      EventHub events) {
    String asks =
        password == null ? "" : " (where it asks for a password: " + password.word() + ")";
    screen.happened(Tone.PLAIN, "page", url + asks);
    screen.happened(
        Tone.PLAIN, "module", start.module() + ": each save is loaded at once; Ctrl+C ends");
    EventLines told = new EventLines(screen, played::name, writer);
    events.subscribe(told::show);
    DeviceLines lines = new DeviceLines(screen, played::name, url);
    Runnable look =
        () -> {
          if (!looking.getAndSet(true)) {
            show(
                () -> {
                  looking.set(false);
                  lines.show(devices.get(), latest.get());
                });
          }
        };
    look.run();
    return look;
  }

  private void show(Runnable task) {
    try {
      writer.schedule(task, REST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The box ends.
    }
  }

  @Override
  public void close() {
    played.close();
    if (instruments != null) {
      instruments.close();
    }
    writer.shutdown();
  }
}
