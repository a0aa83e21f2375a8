package iotbox.loader;

import iotbox.loader.signature.BadSignatureException;
import iotbox.loader.signature.Manifest;
import iotbox.loader.signature.SignatureFile;
import iotbox.loader.signature.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Says which handlers of an archive are signed by somebody whom the box's owner trusts. A signature
 * file {@code lib/<module>.signature} names all files of its module with their hashes. It counts
 * only as a whole: as long as a source or a jar that it names is missing or another one, nobody has
 * signed what is there, and no file of that module is loaded. So neither can files be taken out of
 * a signed module, nor files of two versions be mixed.
 *
 * <p>Sources and jars need a signature, as these are what runs. A signature does not get old: an
 * earlier version that was signed with the same key is as good as the present one.
 *
 * <p>Immutable; on any thread. Checking takes about two milliseconds for each signature and key,
 * and as long as hashing the files takes.
 */
public final class HandlerSignatures {
  /** Checking one costs far more than reading it. */
  private static final int MOST = 200;

  private static final int MOST_NAMED = 5;
  private static final String SUFFIX = ".signature";

  /** {@code null} if nothing need be signed. */
  private final List<VerifyingKey> trusted;

  private HandlerSignatures(List<VerifyingKey> trusted) {
    this.trusted = trusted;
  }

  /** All handlers are taken, signed or not. */
  public static HandlerSignatures notRequired() {
    return new HandlerSignatures(null);
  }

  /** Handlers are taken that the owner of one of these keys has signed. */
  public static HandlerSignatures by(Collection<VerifyingKey> trusted) {
    return new HandlerSignatures(List.copyOf(trusted));
  }

  /** Whether the file with this path is a signature; they stand beside the jars of a module. */
  static boolean isSignature(String path) {
    return path.endsWith(SUFFIX) && (path.startsWith("lib/") || path.indexOf('/') < 0);
  }

  /** Where the signature of a module stands among its files. */
  static String path(String module) {
    return "lib/" + fileName(module);
  }

  static String fileName(String module) {
    return module + SUFFIX;
  }

  /** Whether files that nobody signed are refused. */
  public boolean required() {
    return trusted != null;
  }

  /** Looks at all signatures in the archive, and at the files that need one. */
  CheckedArchive check(HandlerArchive archive) {
    return required() ? new Check(archive).result() : CheckedArchive.unchecked(archive);
  }

  /** A signature that is right in itself. */
  private record Signed(String path, Manifest manifest, List<String> broken) {
    boolean names(HandlerFile file) {
      return manifest.hashes().containsKey(file.path());
    }

    boolean holds() {
      return broken.isEmpty();
    }
  }

  /** The check of one archive. */
  private final class Check {
    private final HandlerArchive archive;
    private final Map<String, HandlerFile> files = new HashMap<>();
    private final List<Signed> signatures = new ArrayList<>();

    /** What to say of a file whose plain name is this one. */
    private final Map<String, String> similar = new HashMap<>();

    private final Map<String, HandlerStatus> status = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    Check(HandlerArchive archive) {
      this.archive = archive;
      archive.files().forEach(file -> files.put(file.path(), file));
    }

    CheckedArchive result() {
      for (HandlerFile file : archive.files()) {
        if (isSignature(file.path())) {
          read(file);
        }
      }
      Map<String, String> refused = new HashMap<>();
      for (HandlerFile file : archive.files()) {
        if (needsSignature(file.path())) {
          fault(file).ifPresent(why -> refused.put(file.path(), why));
        }
      }
      return new CheckedArchive(archive, refused, missing, status);
    }

    private void read(HandlerFile file) {
      if (status.size() >= MOST) {
        fail(file.path(), "The archive has more than " + MOST + " signatures");
        return;
      }
      try {
        Manifest manifest = SignatureFile.read(file.content(), trusted);
        Signed signed = new Signed(file.path(), manifest, broken(file.path(), manifest));
        signatures.add(signed);
        manifest
            .hashes()
            .keySet()
            .forEach(name -> similar.putIfAbsent(plain(name), file.path() + " names " + name));
        if (signed.holds()) {
          status.put(file.path(), FileStatus.signature(file.path(), summary(manifest)));
        } else {
          fail(file.path(), "What is there is not what was signed: " + list(signed.broken()));
        }
      } catch (BadSignatureException e) {
        fail(file.path(), e.getMessage());
      }
    }

    private void fail(String path, String why) {
      status.put(path, FileStatus.badSignature(path, why));
    }

    /** What of a module runs and is not as it was signed. */
    private List<String> broken(String signature, Manifest manifest) {
      List<String> broken = new ArrayList<>();
      manifest
          .hashes()
          .forEach(
              (path, hash) -> {
                if (needsSignature(path) && !files.containsKey(path)) {
                  broken.add(path + " is missing");
                  missing.put(path, "Missing: " + signature + " names this file");
                } else if (needsSignature(path) && !files.get(path).hash().equals(hash)) {
                  broken.add(path + " is another");
                }
              });
      return broken;
    }

    /** Why nobody is to be held to this file; empty if somebody signed it. */
    private Optional<String> fault(HandlerFile file) {
      String why = null;
      for (Signed signed : signatures) {
        if (signed.names(file)) {
          if (!signed.manifest().hashes().get(file.path()).equals(file.hash())) {
            why = altered(file, signed);
          } else if (signed.holds()) {
            return Optional.empty();
          } else if (why == null) {
            why =
                "Signed, but its module is not as it was signed ("
                    + signed.path()
                    + "): "
                    + list(signed.broken());
          }
        }
      }
      return Optional.of(why == null ? unsigned(file) : why);
    }

    private String altered(HandlerFile file, Signed signed) {
      String by = " (" + signed.path() + ")";
      if (archive.notes().containsKey(file.path())) {
        return "This is not the file that was signed"
            + by
            + ", but another one with its name: rename one of the two, and sign again";
      }
      if (hasOtherLineEnds(file, signed.manifest().hashes().get(file.path()))) {
        return "Only the line ends differ from the file that was signed"
            + by
            + ", as git changes them: write \"iot_handlers/** -text\" in .gitattributes, and sign"
            + " again";
      }
      return "Altered since it was signed"
          + by
          + ": put the file back that was signed, or have its maker sign the module again";
    }

    private String unsigned(HandlerFile file) {
      String signed = similar.get(plain(file.path()));
      return signed == null
          ? "Not signed by anybody whom this box trusts: no signature names this file. Have its"
              + " maker sign the module"
          : "Not signed: "
              + signed
              + ", which differs by upper and lower case or by the form of its accents; rename it";
    }
  }

  private static String summary(Manifest manifest) {
    return "A signature that is right, of "
        + manifest.hashes().size()
        + (manifest.hashes().size() == 1 ? " file of " : " files of ")
        + manifest.module()
        + ", made at "
        + manifest.signed();
  }

  private static boolean needsSignature(String path) {
    return path.endsWith(".java") || path.endsWith(".jar");
  }

  private static String list(List<String> broken) {
    String first = String.join(", ", broken.subList(0, Math.min(MOST_NAMED, broken.size())));
    return broken.size() <= MOST_NAMED
        ? first
        : first + " and " + (broken.size() - MOST_NAMED) + " more";
  }

  private static boolean hasOtherLineEnds(HandlerFile file, String signed) {
    if (!file.path().endsWith(".java")) {
      return false;
    }
    // Byte by byte: whatever the encoding, nothing but line ends is touched.
    String unix = new String(file.content(), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    return isHash(unix, signed) || isHash(unix.replace("\n", "\r\n"), signed);
  }

  private static boolean isHash(String content, String hash) {
    return Manifest.hash(content.getBytes(StandardCharsets.ISO_8859_1)).equals(hash);
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
