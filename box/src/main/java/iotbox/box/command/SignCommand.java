package iotbox.box.command;

import iotbox.loader.ModuleSigner;
import iotbox.loader.signature.SigningKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** Signs the handlers of Odoo modules, for boxes with {@code --require-signed-handlers}. */
final class SignCommand implements Command {
  private static final String KEY = "key";
  private static final String HELP = "help";

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
  public void run(List<String> arguments, Map<String, String> environment, Consumer<String> out)
      throws CommandException {
    CommandLine line = parsed(arguments);
    if (line.hasOption(HELP)) {
      out.accept("Usage: iotbox " + name() + " " + synopsis());
      out.accept(description());
      return;
    }
    if (line.getArgList().isEmpty()) {
      throw refused("Which module is to be signed?");
    }
    SigningKeyFile file =
        line.hasOption(KEY)
            ? new SigningKeyFile(path(line.getOptionValue(KEY)))
            : SigningKeyFile.usual(environment);
    boolean isNew = !line.hasOption(KEY) && file.make();
    SigningKey key = file.read();
    for (String folder : line.getArgList()) {
      sign(path(folder), key, out);
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
  }

  private void sign(Path folder, SigningKey key, Consumer<String> out) throws CommandException {
    if (!Files.isDirectory(folder)) {
      throw refused(folder + " is not the folder of an Odoo module.");
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

  private CommandLine parsed(List<String> arguments) throws CommandException {
    Options options =
        new Options()
            .addOption(Option.builder().longOpt(KEY).hasArg().get())
            .addOption(Option.builder().longOpt(HELP).get());
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .setStripLeadingAndTrailingQuotes(false)
          .get()
          .parse(options, arguments.toArray(new String[0]));
    } catch (ParseException e) {
      throw refused(e.getMessage() + ".");
    }
  }

  private Path path(String text) throws CommandException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw refused("\"" + text + "\" cannot be a path.");
    }
  }

  private CommandException refused(String sentence) {
    return new CommandException(sentence + " Usage: iotbox " + name() + " " + synopsis());
  }
}
