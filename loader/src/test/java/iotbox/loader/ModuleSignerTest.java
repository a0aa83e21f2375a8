package iotbox.loader;

import static iotbox.loader.TestArchive.driverSource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.loader.signature.Manifest;
import iotbox.loader.signature.SignatureFile;
import iotbox.loader.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleSignerTest {
  private static final SigningKey KEY = SigningKey.generate();
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00.123Z");

  @TempDir Path folder;
  private Path module;

  @BeforeEach
  void makeModule() throws IOException {
    module = folder.resolve("shop");
    write("iot_handlers/drivers/A.java", driverSource("A", "Driver", ""));
    write("iot_handlers/drivers/p.py", "a = 1\n");
    write("iot_handlers/drivers/.hidden.java", "class Hidden {}");
    write("iot_handlers/drivers/__init__.py", "");
    write("iot_handlers/lib/data.txt", "data");
    write("__manifest__.py", "{}");
  }

  private void write(String path, String text) throws IOException {
    Path file = module.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Manifest manifest(Path signature) throws Exception {
    return SignatureFile.read(Files.readAllBytes(signature), List.of(KEY.publicKey()));
  }

  private static State state(Path module) throws Exception {
    HandlerArchive archive = new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(module);
    return new State(HandlerSignatures.by(List.of(KEY.publicKey())).check(archive));
  }

  private record State(CheckedArchive checked) {
    Set<String> refused() {
      return checked.unsigned().keySet();
    }
  }

  @Test
  void signsWhatOdooServes() throws Exception {
    ModuleSigner.Signed signed = ModuleSigner.sign(module, KEY, NOW);
    assertEquals(module.resolve("iot_handlers/lib/shop.signature"), signed.signature());
    assertEquals(3, signed.files());
    assertEquals(List.of(), signed.others());
    Manifest manifest = manifest(signed.signature());
    assertEquals(
        Set.of("drivers/A.java", "drivers/p.py", "lib/data.txt"), manifest.hashes().keySet());
    assertEquals("shop", manifest.module());
    assertEquals(Instant.parse("2026-11-26T08:00:00Z"), manifest.signed());
    assertEquals(Set.of(), state(module).refused());
  }

  @Test
  void signingAgainTakesThePlaceOfTheFormerSignature() throws Exception {
    ModuleSigner.sign(module, KEY, NOW);
    write("iot_handlers/drivers/A.java", driverSource("A", "Driver", "int better;\n"));
    assertEquals(Set.of("drivers/A.java"), state(module).refused());
    assertEquals(3, ModuleSigner.sign(module, KEY, NOW).files());
    assertEquals(Set.of(), state(module).refused());
    try (Stream<Path> left = Files.list(module.resolve("iot_handlers/lib"))) {
      assertEquals(2, left.count());
    }
  }

  @Test
  void theFolderOfTheHandlersWillDoToo() throws Exception {
    ModuleSigner.Signed signed = ModuleSigner.sign(module.resolve("iot_handlers"), KEY, NOW);
    assertEquals(module.resolve("iot_handlers/lib/shop.signature"), signed.signature());
    Path odd = module.resolve("../shop/.");
    assertEquals(signed.signature(), ModuleSigner.sign(odd, KEY, NOW).signature());
  }

  @Test
  void signaturesOfOtherNamesAreToldAndNotSigned() throws Exception {
    write("iot_handlers/lib/former_name.signature", "iotbox handler signature 1\n");
    ModuleSigner.Signed signed = ModuleSigner.sign(module, KEY, NOW);
    assertEquals(List.of("lib/former_name.signature"), signed.others());
    assertFalse(manifest(signed.signature()).hashes().containsKey("lib/former_name.signature"));
  }

  @Test
  void aModuleOfOdoo13IsSignedBesideItsFlatFiles() throws Exception {
    module = folder.resolve("old");
    write("drivers/A.java", driverSource("A", "Driver", ""));
    write("drivers/__init__.py", "");
    ModuleSigner.Signed signed = ModuleSigner.sign(module, KEY, NOW);
    assertEquals(module.resolve("drivers/old.signature"), signed.signature());
    assertEquals(Set.of("A.java"), manifest(signed.signature()).hashes().keySet());
    assertEquals(1, ModuleSigner.sign(module, KEY, NOW).files());
  }

  @Test
  void whatCannotBeSignedIsOneSentence() throws Exception {
    assertFault(folder.resolve("shop/iot_handlers/drivers"), "has no iot_handlers folder");
    assertFault(folder.resolve("absent"), "has no iot_handlers folder");
    module = folder.resolve("empty");
    Files.createDirectories(module.resolve("iot_handlers/drivers"));
    assertFault(module, "has no handlers to sign");
    module = folder.resolve("_shop");
    write("iot_handlers/drivers/A.java", "class A {}");
    assertFault(module, "rename");
    module = folder.resolve("large");
    write("iot_handlers/drivers/A.java", " ".repeat((1 << 20) + 1));
    assertFault(module, "No box takes drivers/A.java: The source is larger than 1048576 bytes");
    assertFalse(Files.exists(module.resolve("iot_handlers/lib")));
  }

  private static void assertFault(Path module, String part) {
    String message =
        assertThrows(IOException.class, () -> ModuleSigner.sign(module, KEY, NOW)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
