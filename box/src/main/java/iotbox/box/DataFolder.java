package iotbox.box;

import iotbox.box.option.BoxOptions;
import iotbox.box.option.BoxVersion;
import iotbox.box.option.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder that holds everything the box keeps. One box at a time may use it. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final boolean temporary;
  private final FileChannel lock;

  private DataFolder(Path path, boolean temporary, FileChannel lock) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
  }

  /** The one that was asked for, else one for the demonstration only, else the user's. */
  static DataFolder of(BoxOptions options, Map<String, String> environment)
      throws StartupException {
    if (options.data() != null) {
      return open(options.data());
    }
    return options.demo() ? temporary() : open(usual(environment));
  }

  /** Where a user's box keeps its data unless told otherwise. */
  static Path usual(Map<String, String> environment) {
    String base = environment.get(BoxVersion.isWindows() ? "LOCALAPPDATA" : "XDG_DATA_HOME");
    return base == null || base.isBlank()
        ? Path.of(System.getProperty("user.home"), ".local", "share", "iotbox")
        : Path.of(base, "iotbox");
  }

  /** Makes the folder if need be and takes it for this process. */
  static DataFolder open(Path path) throws StartupException {
    return open(path, false);
  }

  /** A folder that is deleted in the end. */
  static DataFolder temporary() throws StartupException {
    try {
      return open(Files.createTempDirectory("iotbox-"), true);
    } catch (IOException e) {
      throw new StartupException("No temporary folder can be made: " + e.getMessage() + ".");
    }
  }

  private static DataFolder open(Path path, boolean temporary) throws StartupException {
    FileChannel channel = null;
    try {
      create(path);
      channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock held = channel.tryLock();
      if (held == null) {
        channel.close();
        throw new StartupException(
            "Another box uses the data folder "
                + path
                + "; stop it, or give this one a folder of its own with --data.");
      }
      return new DataFolder(path, temporary, channel);
    } catch (FileAlreadyExistsException e) {
      throw new StartupException(
          "The data folder " + path + " is a file; choose a folder with --data.");
    } catch (IOException e) {
      throw StartupException.unwritable(path, e);
    }
  }

  private static void create(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Tokens and keys live here.
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(path);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lock.close();
    if (!temporary) {
      return;
    }
    List<Path> content;
    try (Stream<Path> files = Files.walk(path)) {
      content = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : content) {
      Files.deleteIfExists(file);
    }
  }
}
