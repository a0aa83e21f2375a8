package iotbox.box.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password that the box makes when it has none, tells once, and keeps as a hash in {@link #FILE}
 * of the data folder. Whoever deletes that file gets a new one at the next start.
 *
 * <p>One lock: it is held while the file is read or written and while a hash is computed, so that
 * one processor at most is busy with that.
 */
public final class KeptPassword implements OwnerPassword {
  /** In the data folder. */
  public static final String FILE = "owner-password";

  private static final Logger LOG = LoggerFactory.getLogger(KeptPassword.class);

  private static final String MADE = "made";
  private static final String CHOSEN = "chosen";

  private final Path file;
  private final Consumer<String> teller;

  /** Guarded by this; {@code null} until it was read or made. */
  private Kept kept;

  /**
   * What is in the file.
   *
   * @param made by the box, so that nobody needs to get capitals and dashes right
   */
  private record Kept(boolean made, PasswordHash hash) {
    boolean matches(String password) {
      return hash.matches(made ? bare(password) : password);
    }
  }

  /**
   * @param teller tells a new password to a person; nothing else ever gets it
   */
  public KeptPassword(Path dataFolder, Consumer<String> teller) {
    this.file = dataFolder.resolve(FILE);
    this.teller = teller;
  }

  @Override
  public synchronized void prepare() {
    if (kept != null) {
      return;
    }
    try {
      kept = read();
    } catch (IOException e) {
      // Perhaps it can the next time; a new one would lock the owner out.
      LOG.error("Nobody can log in, as {} cannot be read: {}", file, e.toString());
      return;
    }
    if (kept == null) {
      make();
    }
  }

  @Override
  public synchronized boolean matches(String password) {
    prepare();
    return kept != null && kept.matches(password);
  }

  @Override
  public boolean canChange() {
    return true;
  }

  @Override
  public synchronized void change(String password) throws IOException {
    keep(new Kept(false, PasswordHash.of(password)));
  }

  private void make() {
    String password = MadePassword.next();
    try {
      keep(new Kept(true, PasswordHash.of(bare(password))));
    } catch (IOException e) {
      LOG.error("Nobody can log in: there is no owner's password, as {}.", e.getMessage());
      return;
    }
    teller.accept(password);
  }

  private void keep(Kept next) throws IOException {
    String line = (next.made() ? MADE : CHOSEN) + " " + next.hash().text() + "\n";
    PrivateFile.write(file, line.getBytes(UTF_8));
    kept = next;
  }

  /** What is kept; {@code null} if there is nothing, or what is there was no good. */
  private Kept read() throws IOException {
    String text;
    try {
      text = Files.readString(file, ISO_8859_1).strip();
    } catch (NoSuchFileException e) {
      return null;
    }
    String[] words = text.split(" ", 2);
    boolean made = words[0].equals(MADE);
    Optional<PasswordHash> hash =
        words.length == 2 && (made || words[0].equals(CHOSEN))
            ? PasswordHash.parse(words[1])
            : Optional.empty();
    if (hash.isEmpty()) {
      LOG.error(
          "The owner's password is damaged, so the box makes a new one. The old file is kept as"
              + " {}.",
          PrivateFile.putAside(file));
    }
    return hash.map(known -> new Kept(made, known)).orElse(null);
  }

  private static String bare(String password) {
    return password.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
  }
}
