package iotbox.box.dev;

import static java.nio.charset.StandardCharsets.US_ASCII;

import iotbox.box.access.MadePassword;
import iotbox.box.access.OwnerPassword;
import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The owner's password of a box for handlers' authors: the same at each start, so that a browser
 * can remember it, and shown at each, as its terminal is theirs.
 *
 * @param word what is typed
 */
public record DevPassword(String word) implements OwnerPassword {
  private static final String FILE = "dev-password";

  /** The one that is kept in this folder; makes it if need be. */
  static DevPassword in(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      PrivateFile.write(file, MadePassword.next().getBytes(US_ASCII));
    }
    return new DevPassword(Files.readString(file, US_ASCII).strip());
  }

  @Override
  public void prepare() {
    // It is there already.
  }

  @Override
  public boolean matches(String password) {
    return !word.isEmpty() && word.equals(password);
  }

  @Override
  public boolean canChange() {
    return false;
  }

  @Override
  public void change(String password) {
    throw new IllegalStateException("It is the same for as long as the data folder is");
  }
}
