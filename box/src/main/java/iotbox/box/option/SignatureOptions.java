package iotbox.box.option;

import iotbox.loader.HandlerSignatures;
import iotbox.loader.signature.BadKeyException;
import iotbox.loader.signature.VerifyingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be signed.
 *
 * @param handlers which of them are taken
 * @param requests whether requests for actions and events of devices must be
 */
public record SignatureOptions(HandlerSignatures handlers, boolean requests) {
  /** A PEM file has a few hundred bytes. */
  private static final long MOST_BYTES = 65_536;

  static SignatureOptions of(OptionValues values) throws StartupException {
    return new SignatureOptions(handlers(values), values.flag(BoxOption.REQUIRE_SIGNED_REQUESTS));
  }

  private static HandlerSignatures handlers(OptionValues values) throws StartupException {
    if (!values.has(BoxOption.REQUIRE_SIGNED_HANDLERS)) {
      return HandlerSignatures.notRequired();
    }
    List<VerifyingKey> keys = new ArrayList<>();
    for (String text : values.texts(BoxOption.REQUIRE_SIGNED_HANDLERS)) {
      keys.add(key(text.strip()));
    }
    return HandlerSignatures.by(keys);
  }

  private static VerifyingKey key(String text) throws StartupException {
    try {
      boolean isKey = VerifyingKey.isText(text) || text.startsWith("-----BEGIN");
      return VerifyingKey.parse(isKey ? text : read(text));
    } catch (BadKeyException e) {
      throw new StartupException(BoxOption.REQUIRE_SIGNED_HANDLERS + ": " + e.getMessage());
    }
  }

  private static String read(String name) throws StartupException {
    Path file = OptionValues.file(BoxOption.REQUIRE_SIGNED_HANDLERS, name);
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new StartupException(
            BoxOption.REQUIRE_SIGNED_HANDLERS + ": " + file + " is too large for a key.");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new StartupException(
          BoxOption.REQUIRE_SIGNED_HANDLERS + ": " + file + " cannot be read: " + e + ".");
    }
  }
}
