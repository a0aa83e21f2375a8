package iotbox.loader;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what compilers made, so that an unchanged box starts without one. Each group has a file,
 * named after all that went into it: the sources, the libraries, the compilers, the API, the JVM.
 * So a file is right for ever or never asked for again. None is trusted: one that is damaged is
 * replaced, its group being compiled again.
 *
 * <p>Threads: any number at a time. Reading is done on the caller's; keeping is left to the
 * executor, since nobody waits for it. No fault of the disk gets out of here.
 */
public final class ClassCache {
  private static final Logger LOG = LoggerFactory.getLogger(ClassCache.class);
  private static final String FORMAT = "iotbox classes 2";
  private static final int DIGEST = 32;
  private static final int MOST_FILES = 4096;
  private static final long MOST_BYTES = 64L << 20;

  /** When a file was used last is noted this exactly, to spare memory cards. */
  private static final Duration AGE_STEP = Duration.ofDays(1);

  /** {@code null} if nothing is kept. */
  private final Path folder;

  private final int mostFiles;
  private final long mostBytes;
  private final Executor later;

  // Guarded by this. One file is written after the other; after the box has stopped, none.
  private CompletableFuture<Void> lastWrite = CompletableFuture.completedFuture(null);

  // Of the writes alone.
  private int puts;

  // Found out when it is needed first; guarded by this.
  private String host;

  ClassCache(Path folder, int mostFiles, long mostBytes, Executor later) {
    this.folder = folder;
    this.mostFiles = mostFiles;
    this.mostBytes = mostBytes;
    this.later = later;
  }

  /**
   * A cache in this folder, which is made when there is something to keep.
   *
   * @param later does the writing; what it never comes to is compiled again the next time
   */
  public static ClassCache in(Path folder, Executor later) {
    return new ClassCache(folder, MOST_FILES, MOST_BYTES, later);
  }

  /** Keeps nothing. */
  static ClassCache none() {
    return new ClassCache(null, 0, 0, Runnable::run);
  }

  /**
   * The name under which a group's classes are kept.
   *
   * @param fingerprint of everything but the box and the JVM
   * @return empty if nothing can be kept
   */
  Optional<String> key(String fingerprint) {
    return folder == null
        ? Optional.empty()
        : host().map(box -> new Fingerprint().add(box).add(fingerprint).hex());
  }

  private synchronized Optional<String> host() {
    if (host == null) {
      try {
        host = HostFingerprint.ofThisProcess();
      } catch (IOException e) {
        LOG.warn("Compiled handlers are not kept: {} cannot be read", e.getMessage());
        host = "";
      }
    }
    return host.isEmpty() ? Optional.empty() : Optional.of(host);
  }

  /**
   * What is kept under this key, if it is whole.
   *
   * @param files of the group
   */
  Optional<CompiledGroup> get(String key, List<SourceFile> files) {
    Path file = folder.resolve(key);
    try {
      if (Files.size(file) > mostBytes) {
        throw new IOException("it is too large");
      }
      CompiledGroup group = decode(Files.readAllBytes(file), key, files);
      Instant now = Instant.now();
      if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(AGE_STEP))) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
      return Optional.of(group);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} is not used, its handlers are compiled again: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  /** Keeps what a compiler made of a group, classes or errors, soon. */
  synchronized void put(String key, CompiledGroup group) {
    lastWrite = lastWrite.thenRunAsync(() -> write(key, group), later);
  }

  private void write(String key, CompiledGroup group) {
    Path next = null;
    try {
      makeFolder();
      // For the owner only, as all temporary files are.
      next = Files.createTempFile(folder, key, ".new");
      Files.write(next, encode(key, group));
      Files.move(
          next,
          folder.resolve(key),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      if (puts++ % (mostFiles / 16 + 1) == 0) {
        CacheFolder.shrink(folder, mostFiles, mostBytes);
      }
    } catch (ClosedByInterruptException e) {
      CacheFolder.delete(next); // The box stops.
    } catch (IOException e) {
      LOG.warn("Compiled handlers cannot be kept in {}: {}", folder, e.toString());
      CacheFolder.delete(next);
    }
  }

  private void makeFolder() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static byte[] encode(String key, CompiledGroup group) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(FORMAT);
    out.writeUTF(key);
    out.writeUTF(group.compiler().name());
    Map<String, List<Diagnostic>> errors = new LinkedHashMap<>();
    group.errors().forEach((file, found) -> errors.put(file.path(), found));
    new EclipseWire.Answer(group.classes(), errors, null).write(out);
    out.write(Fingerprint.sha256(bytes.toByteArray()));
    return bytes.toByteArray();
  }

  private static CompiledGroup decode(byte[] content, String key, List<SourceFile> files)
      throws IOException {
    int end = Math.max(0, content.length - DIGEST);
    byte[] digest = Arrays.copyOfRange(content, end, content.length);
    if (!MessageDigest.isEqual(digest, Fingerprint.sha256(Arrays.copyOf(content, end)))) {
      throw new IOException("it is damaged");
    }
    // From here on it is what this class wrote, though it may have been another version of it.
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content, 0, end));
    if (!in.readUTF().equals(FORMAT) || !in.readUTF().equals(key)) {
      throw new IOException("it holds something else");
    }
    HandlerStatus.Compiler compiler = HandlerStatus.Compiler.valueOf(in.readUTF());
    EclipseWire.Answer kept = EclipseWire.Answer.read(in);
    CompiledGroup group = CompiledGroup.of(compiler, kept, files);
    if (group.errors().size() != kept.errors().size()) {
      throw new IOException("it holds other files");
    }
    return group;
  }
}
