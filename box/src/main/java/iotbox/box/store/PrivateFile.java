package iotbox.box.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files that only the box's user may read, each in one step: a power cut at any moment
 * leaves the old content or the new.
 */
public final class PrivateFile {
  private PrivateFile() {}

  /**
   * Replaces the file's content; the parts are written one after the other. May block.
   *
   * @throws NotKeptException if that cannot be; then the former content is still there
   */
  public static void write(Path file, byte[]... parts) throws NotKeptException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      replace(folder, file, parts);
    } catch (IOException e) {
      throw new NotKeptException(folder, e);
    }
  }

  private static void replace(Path folder, Path file, byte[]... parts) throws IOException {
    Files.createDirectories(folder);
    Path next = folder.resolve(file.getFileName() + ".new");
    // What an interrupted write left behind may have other permissions.
    Files.deleteIfExists(next);
    try (FileChannel channel =
        FileChannel.open(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(folder))) {
      for (byte[] part : parts) {
        ByteBuffer rest = ByteBuffer.wrap(part);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(next);
      throw e;
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(folder);
  }

  /** Opens a file for appending, and makes it if need be. */
  static FileChannel append(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
        ownerOnly(file.toAbsolutePath().getParent()));
  }

  /** Renames a file that is no good, so that nothing is lost; answers its new name. */
  public static Path putAside(Path file) throws IOException {
    for (int i = 1; ; i++) {
      Path aside = file.resolveSibling(file.getFileName() + ".bad-" + i);
      if (!Files.exists(aside)) {
        return Files.move(file, aside);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    // Not by the folder's store, which Java cannot tell where the list of mounts lacks it.
    return Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; there the rename itself is durable.
    }
  }
}
