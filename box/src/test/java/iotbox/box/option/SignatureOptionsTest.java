package iotbox.box.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.StockHandlers;
import iotbox.loader.ArchiveLimits;
import iotbox.loader.ArchiveReader;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.HandlerArchive;
import iotbox.loader.HandlerCompiler;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.HandlerStatus.State;
import iotbox.loader.ModuleSigner;
import iotbox.loader.Platform;
import iotbox.loader.signature.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which keys {@code --require-signed-handlers} takes, seen by what is loaded then. */
class SignatureOptionsTest {
  private static final String ENVIRONMENT = "IOTBOX_REQUIRE_SIGNED_HANDLERS";

  @TempDir Path folder;
  private final SigningKey key = SigningKey.generate();
  private final SigningKey other = SigningKey.generate();

  private static String pem(SigningKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getEncoder()
            .encodeToString(
                HexFormat.of()
                    .parseHex(
                        "302a300506032b6570032100"
                            + HexFormat.of()
                                .formatHex(Base64.getDecoder().decode(key.publicKey().toString()))))
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static SignatureOptions parse(String value) throws StartupException {
    return BoxOptions.parse(new String[0], Map.of(ENVIRONMENT, value), text -> {}).signatures();
  }

  /** Whether a module that was signed with this key is loaded. */
  private boolean takes(SignatureOptions options, SigningKey signer) throws Exception {
    Path driver = folder.resolve("shop/iot_handlers/drivers/Helper.java");
    Files.createDirectories(driver.getParent());
    Files.writeString(driver, "public class Helper {}\n");
    ModuleSigner.sign(folder.resolve("shop"), signer, Instant.now());
    HandlerArchive archive =
        new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(folder.resolve("shop"));
    BuiltinHandlers none = BuiltinHandlers.none();
    return new HandlerLoader(
            new HandlerRegistry(none.handlers()),
            () -> none,
            StockHandlers.visible(),
            Platform.LINUX,
            ArchiveLimits.DEFAULT,
            options.handlers(),
            HandlerCompiler.automatic(),
            Runnable::run)
        .reload("folder", archive).handlers().status().stream()
            .anyMatch(file -> file.state() == State.LOADED);
  }

  private static String refusal(String value) {
    return assertThrows(StartupException.class, () -> parse(value)).getMessage();
  }

  @Test
  void nothingMustBeSignedUnlessItIsSaid() throws Exception {
    SignatureOptions options = BoxOptions.parse(new String[0], Map.of(), text -> {}).signatures();
    assertFalse(options.handlers().required());
    assertFalse(options.requests());
    assertTrue(takes(options, key));
  }

  @Test
  void aKeyIsALineOrPemOrAFileOfEither() throws Exception {
    Path line = Files.writeString(folder.resolve("line"), key.publicKey() + "\n");
    Path pem = Files.writeString(folder.resolve("key.pem"), "A comment\n" + pem(key));
    for (String value :
        List.of(key.publicKey().toString(), pem(key), line.toString(), pem.toString())) {
      SignatureOptions options = parse(value);
      assertTrue(options.handlers().required());
      assertTrue(takes(options, key), value);
      assertFalse(takes(options, other), value);
    }
  }

  @Test
  void eachOfSeveralKeysWillDo() throws Exception {
    SignatureOptions options = parse(key.publicKey() + ", " + other.publicKey());
    assertTrue(takes(options, key));
    assertTrue(takes(options, other));
    assertFalse(takes(options, SigningKey.generate()));
  }

  @Test
  void theDemonstrationsHandlersAreNotSigned() {
    String[] demo = {"--demo", "--require-signed-handlers", key.publicKey().toString()};
    String refusal =
        assertThrows(StartupException.class, () -> BoxOptions.parse(demo, Map.of(), text -> {}))
            .getMessage();
    assertTrue(refusal.startsWith("--demo brings handlers that nobody has signed"), refusal);
  }

  @Test
  void whatIsNoKeyIsOneSentenceThatNamesTheOption() throws Exception {
    Path secret = Files.writeString(folder.resolve("private.pem"), key.pem());
    Path large = Files.write(folder.resolve("large"), new byte[70_000]);
    for (String value :
        List.of(
            "AAAA",
            "/nowhere",
            folder.toString(),
            large.toString(),
            secret.toString(),
            key.pem(),
            "-----BEGIN PUBLIC KEY-----")) {
      String refusal = refusal(value);
      assertTrue(refusal.startsWith("--require-signed-handlers"), refusal);
      assertEquals(1, refusal.lines().count(), refusal);
      assertFalse(refusal.contains(key.pem().lines().toList().get(1)), refusal);
    }
  }
}
