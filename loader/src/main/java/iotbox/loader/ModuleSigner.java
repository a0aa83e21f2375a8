package iotbox.loader;

import iotbox.loader.signature.Manifest;
import iotbox.loader.signature.SignatureFile;
import iotbox.loader.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Signs the handlers of an Odoo module on disk, for boxes that take signed ones only: writes {@code
 * iot_handlers/lib/<module>.signature}, which names all files that Odoo serves of the module.
 */
public final class ModuleSigner {
  private static final String HANDLERS = "iot_handlers";

  /**
   * What was done.
   *
   * @param signature the file that was written
   * @param files so many are signed
   * @param others signatures of other names in the module, such as one from before it was renamed
   */
  public record Signed(Path signature, int files, List<String> others) {}

  private ModuleSigner() {}

  /**
   * Signs the files as they are now; a signature from before is replaced.
   *
   * @param module the module's folder, or its {@code iot_handlers} folder itself; of Odoo 13 one
   *     with a {@code drivers} folder
   * @throws IOException if that is no such folder, or it cannot be read or written, or a file in it
   *     is one that no box would take; the message says which
   */
  public static Signed sign(Path module, SigningKey key, Instant now) throws IOException {
    Path folder = module.toAbsolutePath().normalize();
    Path handlers = folder.endsWith(HANDLERS) ? folder : folder.resolve(HANDLERS);
    String name = name(handlers.getParent());
    boolean flat = !Files.isDirectory(handlers) && Files.isDirectory(folder.resolve("drivers"));
    List<HandlerFile> files = flat ? flat(folder.resolve("drivers")) : read(folder);
    Path signature =
        flat
            ? folder.resolve("drivers").resolve(HandlerSignatures.fileName(name))
            : handlers.resolve(HandlerSignatures.path(name));

    SortedMap<String, String> hashes = new TreeMap<>();
    List<String> others = new ArrayList<>();
    for (HandlerFile file : files) {
      if (!HandlerSignatures.isSignature(file.path())) {
        hashes.put(file.path(), file.hash());
      } else if (!file.path().endsWith(signature.getFileName().toString())) {
        others.add(file.path());
      }
    }
    if (hashes.isEmpty()) {
      throw new IOException(module + " has no handlers to sign");
    }
    Manifest manifest = new Manifest(name, now.truncatedTo(ChronoUnit.SECONDS), hashes);
    write(signature, SignatureFile.write(manifest, key));
    return new Signed(signature, hashes.size(), others);
  }

  private static String name(Path module) throws IOException {
    Path last = module.getFileName();
    String name = last == null ? "" : last.toString();
    if (name.isEmpty() || name.startsWith(".") || name.startsWith("_")) {
      throw new IOException(
          "The signature is named after its module, and Odoo serves no file whose name begins with"
              + " . or _; rename "
              + module);
    }
    return name;
  }

  private static List<HandlerFile> read(Path module) throws IOException {
    HandlerArchive archive = new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(module);
    for (HandlerStatus refused : archive.refused()) {
      throw new IOException(
          "No box takes " + refused.file() + ": " + refused.diagnostics().get(0).message());
    }
    return archive.files();
  }

  /** As Odoo 13 serves them: without a directory. */
  private static List<HandlerFile> flat(Path drivers) throws IOException {
    List<HandlerFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(drivers)) {
      for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
        String name = path.getFileName().toString();
        if (Files.isRegularFile(path) && !name.startsWith(".") && !name.startsWith("_")) {
          files.add(new HandlerFile(name, Files.readAllBytes(path)));
        }
      }
    }
    return files;
  }

  /** In one step; readable like the module's other files, since Odoo's server reads it. */
  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling("." + file.getFileName() + ".new");
    Files.write(next, content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
