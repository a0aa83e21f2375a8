package iotbox.stock.display;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder of one display's browser: new for each start, and gone after it. */
final class Profile {
  /** A link of Chromium's to {@code <host>-<process id>}, while that process has the folder. */
  private static final String LOCK = "SingletonLock";

  private static final Pattern OWNER = Pattern.compile(".*-(\\d{1,10})");
  private static final int END_SECONDS = 2;

  private final Path folder;

  /**
   * @param parent a folder for displays alone
   * @param display names it
   */
  Profile(Path parent, String display) {
    this.folder = parent.resolve(display.replaceAll("[^A-Za-z0-9_-]", "_"));
  }

  /** A folder that is empty, and used by no browser of before. */
  Path fresh() throws IOException, InterruptedException {
    endLeftover();
    delete();
    return Files.createDirectories(folder);
  }

  /** Ends a browser that has outlived its box. */
  private void endLeftover() throws InterruptedException {
    Path lock = folder.resolve(LOCK);
    if (!Files.isSymbolicLink(lock)) {
      return;
    }
    try {
      Matcher owner = OWNER.matcher(Files.readSymbolicLink(lock).toString());
      ProcessHandle process =
          owner.matches()
              ? ProcessHandle.of(Long.parseLong(owner.group(1))).filter(this::usesIt).orElse(null)
              : null;
      if (process != null && process.destroyForcibly()) {
        process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
      }
    } catch (IOException
        | java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException e) {
      // Then the browser that is started says what is wrong.
    }
  }

  /** The id may be another program's by now. Java itself does not read such long command lines. */
  private boolean usesIt(ProcessHandle process) {
    try {
      Path commandLine = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
      return new String(Files.readAllBytes(commandLine), StandardCharsets.UTF_8)
          .contains(folder.toString());
    } catch (IOException e) {
      return false; // It has ended.
    }
  }

  /** Away with it; what cannot be deleted stays until the next time. */
  void delete() {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // As it says above.
    }
  }
}
