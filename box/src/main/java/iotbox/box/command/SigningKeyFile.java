package iotbox.box.command;

import iotbox.loader.signature.BadKeyException;
import iotbox.loader.signature.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where the maker of handlers keeps the private key: outside of all modules and of the box's data.
 * A key that is there is never replaced.
 */
final class SigningKeyFile {
  /** A PEM file has a few hundred bytes. */
  private static final long MOST_BYTES = 65_536;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;

  SigningKeyFile(Path path) {
    this.path = path;
  }

  /** The one that is used unless another is named. */
  static SigningKeyFile usual(Map<String, String> environment) {
    boolean windows = environment.containsKey("APPDATA");
    String base = environment.get(windows ? "APPDATA" : "XDG_CONFIG_HOME");
    Path folder =
        base == null || base.isBlank()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(base);
    return new SigningKeyFile(folder.resolve("iotbox").resolve("signing-key.pem"));
  }

  Path path() {
    return path;
  }

  /**
   * The key in it.
   *
   * @throws CommandException if there is none that can be used
   */
  SigningKey read() throws CommandException {
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new CommandException(path + " is too large for a key.");
      }
      return SigningKey.parse(Files.readString(path, StandardCharsets.ISO_8859_1));
    } catch (BadKeyException e) {
      throw new CommandException(path + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new CommandException(
          "There is no key " + path + ". Without --key one is made, once, and used from then on.");
    } catch (IOException e) {
      throw new CommandException("The key " + path + " cannot be read: " + e.getMessage() + ".");
    }
  }

  /**
   * Makes a new key, for the owner only, unless there is one.
   *
   * @return whether it was made
   */
  boolean make() throws CommandException {
    if (Files.exists(path)) {
      return false;
    }
    try {
      createFolder();
      byte[] pem = SigningKey.generate().pem().getBytes(StandardCharsets.US_ASCII);
      try (FileChannel file =
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              only("rw-------"))) {
        ByteBuffer rest = ByteBuffer.wrap(pem);
        while (rest.hasRemaining()) {
          file.write(rest);
        }
        file.force(true);
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new CommandException(
          "The key cannot be kept in " + path + ": " + e + ". Name another with --key.");
    }
  }

  private void createFolder() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only("rwx------"));
    }
  }

  private FileAttribute<?>[] only(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Whether others than its owner may read or change it. */
  boolean isOpenToOthers() {
    try {
      return isPosix() && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
    } catch (IOException e) {
      return false; // Somebody took it away just now.
    }
  }
}
