package iotbox.loader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of files that can be made again, and so may go. */
final class CacheFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);

  private record Kept(Path path, long bytes, FileTime used) {}

  private CacheFolder() {}

  /** Deletes those files that were not used for longest, until no more than this is left. */
  static void shrink(Path folder, int mostFiles, long mostBytes) throws IOException {
    List<Kept> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        files.add(new Kept(path, attributes.size(), attributes.lastModifiedTime()));
      }
    }
    files.sort(Comparator.comparing(Kept::used).reversed());
    long bytes = 0;
    for (int i = 0; i < files.size(); i++) {
      bytes += files.get(i).bytes();
      if (i >= mostFiles || bytes > mostBytes) {
        delete(files.get(i).path());
      }
    }
  }

  /** Deletes a file, if there is one and that is possible. */
  static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted: {}", file, e.toString());
    }
  }
}
