package iotbox.stock.input;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the kernel tells of an input device in the folders behind {@code /sys/class/input}. A file
 * that is missing tells nothing; nothing here fails.
 */
final class InputTree {
  private static final Pattern USB_INTERFACE =
      Pattern.compile("(\\d+-\\d+(?:\\.\\d+)*):\\d+\\.\\d+");
  private static final int KEY_CLASS = 0x03;
  private static final int MOUSE = 2;

  /** {@code KEY_1} to {@code KEY_0}. */
  private static final BigInteger DIGITS = BigInteger.valueOf(0b1111111111L).shiftLeft(2);

  /** {@code KEY_KP1} to {@code KEY_KP3}. */
  private static final BigInteger KEYPAD = BigInteger.valueOf(0b111L).shiftLeft(79);

  private final Path event;
  private final Path input;
  private final Path usbInterface;

  private InputTree(Path event) {
    this.event = event;
    this.input = event.getParent();
    Path folder = input;
    while (folder != null
        && folder.getFileName() != null
        && !USB_INTERFACE.matcher(folder.getFileName().toString()).matches()) {
      folder = folder.getParent();
    }
    this.usbInterface = folder != null && folder.getFileName() != null ? folder : null;
  }

  /**
   * The one behind this entry of {@code /sys/class/input}.
   *
   * @throws IOException if it has gone
   */
  static InputTree of(Path entry) throws IOException {
    return new InputTree(entry.toRealPath());
  }

  /** Such as {@code input23/event5}. */
  String kernelName() {
    return input.getFileName() + "/" + event.getFileName();
  }

  String name() {
    return Objects.requireNonNullElse(text(input.resolve("name")), "Input device");
  }

  /** Whether it has keys for digits, as keyboards, keypads and scanners have. */
  boolean hasKeys() {
    BigInteger keys = bits(text(input.resolve("capabilities/key")));
    return keys.and(DIGITS).equals(DIGITS) || keys.and(KEYPAD).equals(KEYPAD);
  }

  /** What the kernel tells of the whole device, which has these files. */
  InputDevice device(List<InputFile> files) {
    if (usbInterface != null) {
      Path device = usbInterface.getParent();
      return new InputDevice(
          files,
          InputDevice.USB,
          number(device.resolve("idVendor"), 16),
          number(device.resolve("idProduct"), 16),
          place(),
          number(device.resolve("devnum"), 10),
          protocol(device),
          text(device.resolve("manufacturer")),
          text(device.resolve("product")),
          text(device.resolve("serial")));
    }
    return new InputDevice(
        files,
        bus(),
        number(input.resolve("id/vendor"), 16),
        number(input.resolve("id/product"), 16),
        place(),
        0,
        -1,
        null,
        null,
        null);
  }

  /** The same for all files of one device, as long as it is plugged in there. */
  String place() {
    if (usbInterface != null) {
      return usbInterface.getParent().getFileName().toString();
    }
    String unique = text(input.resolve("uniq"));
    if (unique != null) {
      return unique;
    }
    String wire = text(input.resolve("phys"));
    return wire == null ? kernelName() : wire.replaceFirst("/input\\d+$", "");
  }

  /** By Linux' number of it. */
  int bus() {
    return usbInterface != null ? InputDevice.USB : number(input.resolve("id/bustype"), 16);
  }

  private static int protocol(Path usbDevice) {
    List<Path> interfaces = new ArrayList<>();
    String glob = usbDevice.getFileName() + ":*";
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(usbDevice, glob)) {
      folders.forEach(interfaces::add);
    } catch (IOException e) {
      return -1;
    }
    return interfaces.stream()
        .sorted(Comparator.comparingInt(folder -> number(folder.resolve("bInterfaceNumber"), 16)))
        .filter(folder -> number(folder.resolve("bInterfaceClass"), 16) == KEY_CLASS)
        .mapToInt(folder -> number(folder.resolve("bInterfaceProtocol"), 16))
        .filter(protocol -> protocol != MOUSE)
        .findFirst()
        .orElse(-1);
  }

  /** The kernel writes words of its own size, the highest first. */
  private static BigInteger bits(String words) {
    BigInteger bits = BigInteger.ZERO;
    int size = Integer.getInteger("sun.arch.data.model", 64);
    if (words != null && words.matches("[0-9a-f]+( [0-9a-f]+)*")) {
      for (String word : words.split(" ")) {
        bits = bits.shiftLeft(size).or(new BigInteger(word, 16));
      }
    }
    return bits;
  }

  /** -1 if there is none. */
  private static int number(Path file, int radix) {
    try {
      String text = text(file);
      return text == null ? -1 : Integer.parseInt(text, radix);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String text(Path file) {
    try {
      String text = Files.readString(file, java.nio.charset.StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? null : text;
    } catch (IOException e) {
      return null;
    }
  }
}
