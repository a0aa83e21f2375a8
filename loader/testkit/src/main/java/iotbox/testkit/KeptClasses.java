package iotbox.testkit;

import iotbox.loader.ClassCache;
import iotbox.loader.HandlerCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What was compiled for one test is used again by the others of the same run, as a box does from
 * one start to the next. Safe for tests that run at the same time.
 */
final class KeptClasses implements AutoCloseable {
  private final Path folder;
  private final ClassCache cache;

  KeptClasses() {
    try {
      folder = Files.createTempDirectory("iotbox-testkit");
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for compiled handlers can be made", e);
    }
    cache = ClassCache.in(folder, Runnable::run);
  }

  HandlerCompiler compiler() {
    return HandlerCompiler.automatic().with(cache);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
