package iotbox.stock.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Input devices without any: folders like {@code /dev/input} and {@code /sys}, in which the event
 * files are named pipes. All that a box does with them is real, but that nobody can grab a pipe.
 */
public final class PlayedInputs implements AutoCloseable {
  /** Of a keyboard with all keys, as 64-bit kernels write it. */
  static final String ALL_KEYS = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe";

  private static final int WORD = Long.BYTES;

  private final Path files;
  private final Path system;
  private final List<Played> plugged = new ArrayList<>();
  private int next = 3;

  /** An empty machine in this folder. */
  public PlayedInputs(Path folder) throws IOException {
    files = Files.createDirectories(folder.resolve("dev"));
    system = Files.createDirectories(folder.resolve("sys"));
    Files.createDirectories(descriptions());
  }

  /** Its {@code /dev/input}. */
  public Path files() {
    return files;
  }

  /** Its {@code /sys/class/input}. */
  public Path descriptions() {
    return system.resolve("class/input");
  }

  /** Both, as the option {@code --input-devices} takes them. */
  public String option() {
    return files + ":" + descriptions();
  }

  /**
   * Plugs a device into the USB.
   *
   * @param place such as {@code 1-1.4}
   * @param id vendor and product, such as {@code 05e0:1200}
   * @param protocols of its interfaces for people, in their order
   */
  public Played plugUsb(String place, String id, String maker, String product, int... protocols) {
    Path device = system.resolve("devices/pci0000:00/0000:00:14.0/usb1/" + place);
    write(device.resolve("idVendor"), id.substring(0, 4));
    write(device.resolve("idProduct"), id.substring(5));
    write(device.resolve("devnum"), String.valueOf(next));
    if (maker != null) {
      write(device.resolve("manufacturer"), maker);
    }
    write(device.resolve("product"), product);
    for (int i = 0; i < protocols.length; i++) {
      Path usbInterface = device.resolve(place + ":1." + i);
      write(usbInterface.resolve("bInterfaceNumber"), "0" + i);
      write(usbInterface.resolve("bInterfaceClass"), "03");
      write(usbInterface.resolve("bInterfaceProtocol"), "0" + protocols[i]);
    }
    Path human = device.resolve(place + ":1.0/0003:" + id.toUpperCase() + ".0001");
    String name = (maker == null ? "" : maker + " ") + product;
    return plug(device, human, Map.of("name", name, "capabilities/key", ALL_KEYS));
  }

  /** Pairs a device by Bluetooth. */
  public Played pair(String address, String name) {
    Path device = system.resolve("devices/virtual/misc/uhid/0005:046D:B342.0005");
    return plug(
        device,
        device,
        Map.of(
            "name",
            name,
            "uniq",
            address,
            "id/bustype",
            "0005",
            "id/vendor",
            "046d",
            "id/product",
            "b342",
            "capabilities/key",
            ALL_KEYS));
  }

  /** Adds something else that has an event file. */
  Played plug(Path device, Path parent, Map<String, String> facts) {
    int number = next++;
    Path input = parent.resolve("input/input" + (number + 20));
    facts.forEach((file, text) -> write(input.resolve(file), text));
    Path event = input.resolve("event" + number);
    Path pipe = files.resolve("event" + number);
    try {
      Files.createDirectories(event);
      Files.createSymbolicLink(
          descriptions().resolve("event" + number), descriptions().relativize(event));
      mkfifo(pipe);
      Played played = new Played(device, pipe);
      plugged.add(played);
      return played;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether its plug was not pulled. */
  public boolean isPlugged(Played device) {
    return !device.gone;
  }

  Path system() {
    return system;
  }

  private static void mkfifo(Path pipe) throws IOException {
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    try {
      if (!mkfifo.waitFor(10, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
        throw new IOException("mkfifo made no pipe " + pipe);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Played each : plugged) {
      each.unplug();
    }
  }

  /** A device that is plugged in, and the hand that types on it. */
  public final class Played {
    private final Path device;
    private final Path pipe;
    private final FileChannel writing;
    private boolean gone;

    private Played(Path device, Path pipe) throws IOException {
      this.device = device;
      this.pipe = pipe;
      // A pipe that is opened for both does not wait for the other end.
      this.writing = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Types these strokes, of {@link KeyNames}, as quick as a scanner. */
    public void type(String strokes) throws IOException {
      send(bytes(strokes));
    }

    /** Scans this barcode of digits and capital letters, and ends it with Return. */
    public void scan(String barcode) throws IOException {
      type(KeyNames.writing(barcode) + " enter");
    }

    /** Has these bytes read, in one piece as far as the pipe has room. */
    public void send(byte[] bytes) throws IOException {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        writing.write(left);
      }
    }

    Path pipe() {
      return pipe;
    }

    /** Pulls its plug. */
    public void unplug() throws IOException {
      if (!gone) {
        gone = true;
        Files.delete(descriptions().resolve(pipe.getFileName()));
        Files.delete(pipe);
        if (Files.exists(device)) {
          delete(device); // With all files that it has.
        }
        writing.close();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** What a keyboard sends for these strokes, a millisecond between two reports. */
  public static byte[] bytes(String strokes) {
    Stream.Builder<byte[]> reports = Stream.builder();
    for (List<Integer> stroke : KeyNames.strokes(strokes)) {
      stroke.forEach(key -> reports.add(report(key, 1)));
      for (int i = stroke.size() - 1; i >= 0; i--) {
        reports.add(report(stroke.get(i), 0));
      }
    }
    List<byte[]> all = reports.build().toList();
    ByteBuffer bytes = ByteBuffer.allocate(all.stream().mapToInt(report -> report.length).sum());
    all.forEach(bytes::put);
    return bytes.array();
  }

  /** A scan code (EV_MSC), the key, and the end of the report. */
  static byte[] report(int key, int value) {
    return events(new int[] {4, 4, 0x70000 + key}, new int[] {1, key, value}, new int[] {0, 0, 0});
  }

  /** Events of these types, codes and values, now. */
  static byte[] events(int[]... events) {
    long micros = System.currentTimeMillis() * 1_000;
    ByteBuffer bytes =
        ByteBuffer.allocate(events.length * (2 * WORD + 8)).order(ByteOrder.nativeOrder());
    for (int[] event : events) {
      bytes.putLong(micros / 1_000_000).putLong(micros % 1_000_000);
      bytes.putShort((short) event[0]).putShort((short) event[1]).putInt(event[2]);
    }
    return bytes.array();
  }
}
