package iotbox.stock.input;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyboards and scanners of this machine that this user may read, those at the USB and others.
 * Where none may be read, that is said once in the log.
 *
 * <p>What the kernel tells of a file is read once for each time that it is plugged in. One lock,
 * {@code this}, guards what was read; it is held while the folders are looked at.
 */
public final class InputDevices {
  private static final Logger LOG = LoggerFactory.getLogger(InputDevices.class);

  private final Path files;
  private final Path descriptions;
  private Map<Path, Known> known = new HashMap<>();
  private boolean told;

  /** A file that was looked at, as it was plugged in then. */
  private record Known(Path target, InputTree tree, boolean hasKeys) {}

  /**
   * Those that have their files here.
   *
   * @param files such as {@code /dev/input}
   * @param descriptions such as {@code /sys/class/input}
   */
  public InputDevices(Path files, Path descriptions) {
    this.files = files;
    this.descriptions = descriptions;
  }

  /** Those that are plugged in now. */
  public synchronized List<InputDevice> list() {
    Map<Path, Known> present = new HashMap<>();
    Map<String, List<InputFile>> places = new LinkedHashMap<>();
    Map<String, InputTree> trees = new HashMap<>();
    List<String> unreadable = new ArrayList<>();
    for (Path path : eventFiles()) {
      Known file = look(path);
      if (file == null) {
        continue;
      }
      present.put(path, file);
      if (!file.hasKeys()) {
        continue;
      }
      InputTree tree = file.tree();
      if (!Files.isReadable(path)) {
        unreadable.add(tree.name());
        continue;
      }
      String place = tree.bus() + " " + tree.place();
      trees.putIfAbsent(place, tree);
      places
          .computeIfAbsent(place, key -> new ArrayList<>())
          .add(new InputFile(path, tree.kernelName(), tree.name()));
    }
    known = present;
    tellOnce(unreadable);
    List<InputDevice> devices = new ArrayList<>();
    places.forEach((place, its) -> devices.add(trees.get(place).device(its)));
    return devices;
  }

  private List<Path> eventFiles() {
    List<Path> events = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(files, "event*")) {
      all.forEach(events::add);
    } catch (IOException e) {
      return List.of(); // A machine without keyboards has no such folder.
    }
    events.sort(
        Comparator.comparingInt((Path path) -> path.getFileName().toString().length())
            .thenComparing(Comparator.naturalOrder()));
    return events;
  }

  /** {@code null} if it is gone again, or the kernel tells nothing of it. */
  private Known look(Path path) {
    Path entry = descriptions.resolve(path.getFileName().toString());
    try {
      Path target = Files.readSymbolicLink(entry);
      Known before = known.get(path);
      if (before != null && before.target().equals(target)) {
        return before;
      }
      InputTree tree = InputTree.of(entry);
      return new Known(target, tree, tree.hasKeys());
    } catch (IOException e) {
      return null;
    }
  }

  private void tellOnce(List<String> unreadable) {
    if (!unreadable.isEmpty() && !told) {
      told = true;
      LOG.info(
          "Keyboards and scanners that this user may not read: {}. To use them here, add the user"
              + " to the group input (sudo usermod -aG input {}) and start the box again.",
          String.join(", ", unreadable),
          System.getProperty("user.name"));
    }
  }
}
