package iotbox.box.command;

import iotbox.loader.ModuleSigner;
import iotbox.loader.signature.SigningKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Signs the handlers of Odoo modules, for boxes with {@code --require-signed-handlers}. */
public final class SignCommand implements Command {
  private static final String KEY = "key";

  @Override
  public String name() {
    return "sign";
  }

  @Override
  public String synopsis() {
    return "<module folder>... [--key <private key file>]";
  }

  @Override
  public String description() {
    return "Signs the handlers of Odoo modules, for boxes with --require-signed-handlers. Without"
        + " --key a key is made once and used from then on.";
  }

  @Override
  public int run(List<String> arguments, Map<String, String> environment, Consumer<String> out)
      throws CommandException {
    CommandArguments line = CommandArguments.of(this, arguments, CommandArguments.value(KEY));
    if (line.explained(out)) {
      return FINE;
    }
    if (line.words().isEmpty()) {
      throw line.refused("Which module is to be signed?");
    }
    SigningKeyFile file =
        line.has(KEY)
            ? new SigningKeyFile(line.path(line.get(KEY).orElseThrow()))
            : SigningKeyFile.usual(environment);
    boolean isNew = !line.has(KEY) && file.make();
    SigningKey key = file.read();
    for (String folder : line.words()) {
      sign(line, folder, key, out);
    }
    out.accept("Public key:  " + key.publicKey());
    out.accept(
        "Private key: "
            + file.path()
            + (isNew ? " (made just now: keep a copy of it, and give it to nobody)" : ""));
    if (file.isOpenToOthers()) {
      out.accept("Others can read the private key. Run: chmod 600 " + file.path());
    }
    out.accept(
        "Boxes that take only handlers signed with it: ./box/run --require-signed-handlers "
            + key.publicKey());
    return FINE;
  }

  private static void sign(CommandArguments line, String name, SigningKey key, Consumer<String> out)
      throws CommandException {
    Path folder = line.path(name);
    if (!Files.isDirectory(folder)) {
      throw line.refused(folder + " is not the folder of an Odoo module.");
    }
    try {
      ModuleSigner.Signed signed = ModuleSigner.sign(folder, key, Instant.now());
      out.accept(
          "Signed "
              + signed.files()
              + (signed.files() == 1 ? " file: " : " files: ")
              + signed.signature());
      for (String other : signed.others()) {
        out.accept("There is another signature, " + other + "; delete it unless it is needed.");
      }
    } catch (FileSystemException e) {
      throw new CommandException(
          "Nothing was signed in " + folder + ": " + e.getFile() + " cannot be read or written.");
    } catch (IOException e) {
      throw new CommandException("Nothing was signed in " + folder + ": " + e.getMessage() + ".");
    }
  }
}
