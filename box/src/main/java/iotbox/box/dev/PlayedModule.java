package iotbox.box.dev;

import iotbox.box.command.Finding;
import iotbox.box.command.Finding.Severity;
import iotbox.box.command.ShownPath;
import iotbox.box.dev.Screen.Tone;
import iotbox.box.simulation.LineScript;
import iotbox.box.simulation.LineScriptException;
import iotbox.box.simulation.NetworkLine;
import iotbox.box.simulation.PlayedDevice;
import iotbox.box.simulation.SerialLine;
import iotbox.box.simulation.Talk;
import iotbox.box.thread.Alarm;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays the devices of a module, {@code tests/devices/*.line}: those of {@code *.tcp.line} at TCP
 * ports, the others at serial ports. A script that changes is played anew at the same place, a new
 * one is a device that is plugged in, and one that goes is unplugged.
 *
 * <p>The folder is looked at again and again, on one thread at a time; {@link #serialPorts} may be
 * called on any.
 */
final class PlayedModule implements AutoCloseable {
  /** Where interfaces that were made by {@code iotbox new} look for devices. */
  private static final String ADDRESSES = "simulated.addresses";

  private static final String SERIAL = ".line";
  private static final String NETWORK = ".tcp.line";
  private static final int PAUSE_MILLIS = 250;
  private static final String ABOUT = "played";

  private final Path scripts;
  private final Path links;
  private final BoxThreads threads;
  private final Screen screen;
  private final Map<Path, String> read = new TreeMap<>();
  private final Map<Path, Playing> playing = new TreeMap<>();

  /** By script; read by other threads. */
  private final Map<Path, String> ports = new ConcurrentHashMap<>();

  private Future<?> looking;
  private boolean closed;

  /** A device, and how to switch it off. */
  private record Playing(PlayedDevice device, String place, AutoCloseable line) {}

  /**
   * @param links a folder of the box's, in which ports get names that stay
   */
  PlayedModule(Path module, Path links, BoxThreads threads, Screen screen) {
    this.scripts = module.resolve("tests/devices");
    this.links = links;
    this.threads = threads;
    this.screen = screen;
  }

  /** Plays what is there, before this returns, and from now on what comes. */
  synchronized void start() {
    look();
    looking =
        threads
            .timer()
            .scheduleWithFixedDelay(
                () -> threads.work().execute(this::look),
                PAUSE_MILLIS,
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  /** The paths at which drivers find the devices that are played at serial ports. */
  List<String> serialPorts() {
    return ports.values().stream().sorted().toList();
  }

  /** What people call a device: the name of its script, if it is played at a serial port. */
  String name(String identifier) {
    Path path = Path.of(identifier);
    return path.startsWith(links) ? links.relativize(path).toString() : identifier;
  }

  private synchronized void look() {
    if (closed) {
      return;
    }
    Map<Path, String> now = scripts();
    for (Path gone : new HashSet<>(read.keySet())) {
      if (!now.containsKey(gone)) {
        read.remove(gone);
        end(gone);
      }
    }
    now.forEach(
        (script, text) -> {
          if (!text.equals(read.put(script, text))) {
            play(script, text);
          }
        });
  }

  /** The text of each script, so that a change is noticed however the clock goes. */
  private Map<Path, String> scripts() {
    Map<Path, String> found = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(scripts)) {
      for (Path file : files.filter(each -> each.toString().endsWith(SERIAL)).sorted().toList()) {
        found.put(file, text(file));
      }
    } catch (IOException e) {
      // There is no such folder, or not any more.
    }
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // Vanished just now, or nobody may read it: the script says so.
    }
  }

  private void play(Path file, String text) {
    String shown = ShownPath.of(file);
    try {
      LineScript script = LineScript.read(file);
      Playing before = playing.get(file);
      if (before == null) {
        begin(file, script);
      } else {
        before.device().play(script);
        screen.happened(Tone.PLAIN, ABOUT, shown + ": changed, plays anew");
      }
    } catch (LineScriptException e) {
      e.faults()
          .forEach(
              fault ->
                  SourceQuote.lines(
                          new Finding(
                              shown, fault.line(), fault.column(), Severity.ERROR, fault.message()),
                          text.lines().skip(fault.line() - 1L).findFirst().orElse(null))
                      .forEach(line -> screen.whole(Tone.BAD, line)));
      String earlier = playing.containsKey(file) ? ", the earlier one goes on" : "";
      screen.happened(Tone.BAD, ABOUT, shown + ": refused" + earlier);
    } catch (IOException e) {
      screen.happened(Tone.BAD, ABOUT, shown + ": " + e.getMessage());
    }
  }

  private void begin(Path file, LineScript script) throws IOException {
    Playing device = file.toString().endsWith(NETWORK) ? atPort(script) : atTerminal(file, script);
    playing.put(file, device);
    Set<String> told = new HashSet<>();
    device.device().onTalk(talk -> listen(file, talk, told));
    screen.happened(Tone.PLAIN, ABOUT, ShownPath.of(file) + ": at " + device.place());
    tellAddresses();
  }

  private Playing atTerminal(Path file, LineScript script) throws IOException {
    SerialLine line = SerialLine.play(script, Alarm.of(threads), threads.work());
    String name = file.getFileName().toString();
    Path link = links.resolve(name.substring(0, name.length() - SERIAL.length()));
    Files.createDirectories(links);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(line.path()));
    ports.put(file, link.toString());
    return new Playing(
        line.device(),
        link.toString(),
        () -> {
          ports.remove(file);
          Files.deleteIfExists(link);
          line.close();
        });
  }

  private Playing atPort(LineScript script) throws IOException {
    NetworkLine line = NetworkLine.play(script, 0, Alarm.of(threads), threads.work());
    String place = line.address().getAddress().getHostAddress() + ":" + line.address().getPort();
    return new Playing(line.device(), place, line);
  }

  /** Interfaces ask for them each time, so they may come and go. */
  private void tellAddresses() {
    System.setProperty(
        ADDRESSES,
        playing.entrySet().stream()
            .filter(each -> each.getKey().toString().endsWith(NETWORK))
            .map(each -> each.getValue().place())
            .collect(Collectors.joining(",")));
  }

  /** What the device was not made for is told once; drivers of other devices ask such things. */
  private void listen(Path file, Talk talk, Set<String> told) {
    if (talk.kind() != Talk.Kind.UNEXPECTED) {
      return;
    }
    synchronized (told) {
      if (told.size() > 100 || !told.add(talk.text())) {
        return;
      }
    }
    screen.happened(
        Tone.FAINT, ABOUT, file.getFileName() + ": does not expect \"" + talk.readable() + "\"");
  }

  private void end(Path file) {
    Playing device = playing.remove(file);
    if (device != null) {
      close(device);
      screen.happened(Tone.PLAIN, ABOUT, ShownPath.of(file) + ": gone");
      tellAddresses();
    }
  }

  private static void close(Playing device) {
    try {
      device.line().close();
    } catch (Exception e) {
      // It is of no use any more in any case.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (looking != null) {
      looking.cancel(false);
    }
    new ArrayList<>(playing.values()).forEach(PlayedModule::close);
    playing.clear();
  }
}
