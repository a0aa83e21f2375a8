package iotbox.stock.input;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A keyboard, or a scanner that types like one, with all of its event files that have keys for
 * writing: an attribute {@code input_device} of devices. Immutable.
 *
 * @param files at least one
 * @param bus how it is connected, by Linux' numbers: {@link #USB}, {@link #BLUETOOTH}, {@link #PS2}
 * @param place where it is plugged in, such as {@code 1-1.4}; of others than USB's what the kernel
 *     tells instead, such as the address of a Bluetooth device
 * @param address its number on the USB, another one each time that it is plugged in
 * @param protocol USB's protocol of its first interface for people that is no mouse: 1 a keyboard,
 *     0 none of the two; -1 if there is no such thing
 * @param manufacturer {@code null} if it does not tell, like the next two
 */
public record InputDevice(
    List<InputFile> files,
    int bus,
    int vendorId,
    int productId,
    String place,
    int address,
    int protocol,
    String manufacturer,
    String product,
    String serialNumber) {
  /** Linux' {@code BUS_USB}. */
  public static final int USB = 0x03;

  /** Linux' {@code BUS_BLUETOOTH}. */
  public static final int BLUETOOTH = 0x05;

  /** Linux' {@code BUS_I8042}. */
  public static final int PS2 = 0x11;

  private static final List<String> SCANNER_WORDS = List.of("barcode", "scanner", "reader");

  public InputDevice {
    files = List.copyOf(files);
  }

  /** What to open. */
  public List<Path> paths() {
    return files.stream().map(InputFile::path).toList();
  }

  /** The names that the kernel has for it at present; another text whenever they change. */
  public String kernelNames() {
    return files.stream().map(InputFile::kernelName).collect(Collectors.joining(" "));
  }

  /** What people call it: Odoo's manufacturer and product, else what the kernel made of it. */
  public String name() {
    String name =
        manufacturer != null && product != null
            ? manufacturer + " - " + product
            : files.get(0).name();
    String plain = name.replaceAll("[^\\p{L}\\p{N}_ \\-+/*&]", "").strip();
    return plain.isEmpty() ? "Unknown input device" : plain;
  }

  /**
   * Whether it is a barcode scanner, as Odoo decides it: by its name, or since it says that it is
   * no keyboard although it has the keys of one.
   */
  public boolean looksLikeScanner() {
    String words =
        Stream.concat(Stream.of(name()), files.stream().map(InputFile::name))
            .collect(Collectors.joining(" "))
            .toLowerCase(Locale.ROOT);
    return SCANNER_WORDS.stream().anyMatch(words::contains) || protocol == 0;
  }
}
