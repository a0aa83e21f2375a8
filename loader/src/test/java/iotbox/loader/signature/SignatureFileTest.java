package iotbox.loader.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SignatureFileTest {
  private static final SigningKey KEY = SigningKey.generate();
  private static final SigningKey STRANGER = SigningKey.generate();
  private static final List<VerifyingKey> TRUSTED = List.of(KEY.publicKey());

  private static final Manifest MANIFEST =
      manifest("drivers/Zebra.java", "drivers/Ähre.java", "lib/a b.jar");

  private static Manifest manifest(String... paths) {
    TreeMap<String, String> hashes = new TreeMap<>();
    for (String path : paths) {
      hashes.put(path, Manifest.hash(path.getBytes(StandardCharsets.UTF_8)));
    }
    return new Manifest("shop", Instant.parse("2026-11-26T08:00:00Z"), hashes);
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private static String fault(byte[] content) {
    return fault(content, TRUSTED);
  }

  private static String fault(byte[] content, List<VerifyingKey> trusted) {
    return assertThrows(BadSignatureException.class, () -> SignatureFile.read(content, trusted))
        .getMessage();
  }

  /** A file that the key has signed, whatever it says. */
  private static byte[] signed(String lines) {
    byte[] signature = KEY.sign(lines.getBytes(StandardCharsets.UTF_8));
    return (lines + "signature " + Base64.getEncoder().encodeToString(signature) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatWasSignedIsReadAgain() throws Exception {
    byte[] file = SignatureFile.write(MANIFEST, KEY);
    assertEquals(MANIFEST, SignatureFile.read(file, TRUSTED));
    assertEquals(
        MANIFEST, SignatureFile.read(file, List.of(STRANGER.publicKey(), KEY.publicKey())));
  }

  @Test
  void theFileCanBeReadByPeople() {
    String[] lines = text(SignatureFile.write(MANIFEST, KEY)).split("\n");
    assertEquals("iotbox handler signature 1", lines[0]);
    assertEquals("module shop", lines[1]);
    assertEquals("signed 2026-11-26T08:00:00Z", lines[2]);
    assertEquals("key " + KEY.publicKey().id(), lines[3]);
    assertEquals(
        "sha256 " + MANIFEST.hashes().get("drivers/Zebra.java") + " drivers/Zebra.java", lines[4]);
    assertTrue(lines[5].endsWith(" drivers/Ähre.java"), lines[5]);
    assertTrue(lines[7].startsWith("signature "), lines[7]);
    assertEquals(8, lines.length);
  }

  @Test
  void theSameFilesAtTheSameTimeGiveTheSameSignature() {
    assertTrue(
        Arrays.equals(SignatureFile.write(MANIFEST, KEY), SignatureFile.write(MANIFEST, KEY)));
  }

  @Test
  void noByteOfItCanBeChanged() {
    byte[] file = SignatureFile.write(MANIFEST, KEY);
    Random random = new Random(4711);
    for (int i = 0; i < file.length - 1; i++) { // The last is the end of the line.
      byte[] changed = file.clone();
      changed[i] ^= (byte) (1 << random.nextInt(8));
      String fault = fault(changed);
      assertFalse(fault.isEmpty());
      assertFalse(fault.contains("is right"), fault);
    }
  }

  @Test
  void noPartOfItIsEnough() {
    byte[] file = SignatureFile.write(MANIFEST, KEY);
    for (int length = 0; length < file.length - 1; length++) {
      fault(Arrays.copyOf(file, length));
    }
  }

  @Test
  void nothingCanBeAddedAfterTheSignature() {
    String file = text(SignatureFile.write(MANIFEST, KEY));
    String hash = Manifest.hash(new byte[0]);
    fault((file + "sha256 " + hash + " drivers/Evil.java\n").getBytes(StandardCharsets.UTF_8));
    String last = file.substring(file.indexOf("signature "));
    fault((file + last).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aKeyThatIsNotTrustedIsNamed() {
    String fault = fault(SignatureFile.write(MANIFEST, STRANGER));
    assertTrue(fault.contains(STRANGER.publicKey().id()), fault);
    assertTrue(fault.contains("it trusts " + KEY.publicKey().id()), fault);
  }

  @Test
  void whoeverClaimsToBeATrustedKeyIsNot() {
    String forged =
        text(SignatureFile.write(MANIFEST, STRANGER))
            .replace(STRANGER.publicKey().id(), KEY.publicKey().id());
    assertEquals(
        "The signature is wrong: this file was altered since it was made",
        fault(forged.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void lineEndsThatGitChangedAreNamed() {
    String file = text(SignatureFile.write(MANIFEST, KEY)).replace("\n", "\r\n");
    assertTrue(fault(file.getBytes(StandardCharsets.UTF_8)).contains(".gitattributes"));
  }

  @Test
  void anotherVersionIsNamed() {
    String file =
        text(SignatureFile.write(MANIFEST, KEY)).replace("signature 1\n", "signature 2\n");
    assertTrue(fault(file.getBytes(StandardCharsets.UTF_8)).contains("another version than 1"));
  }

  @Test
  void whatIsNoSignatureIsNamed() {
    for (String other : List.of("", "\n", "PK\3\4", "-----BEGIN PGP SIGNATURE-----\n")) {
      String fault = fault(other.getBytes(StandardCharsets.UTF_8));
      assertTrue(fault.startsWith("This is no signature of handlers"), fault);
    }
  }

  @Test
  void aFileThatIsTooLargeIsNotLookedAt() {
    byte[] file = Arrays.copyOf(SignatureFile.write(MANIFEST, KEY), SignatureFile.MOST_BYTES + 1);
    assertEquals("The signature is larger than 1048576 bytes, which none needs", fault(file));
  }

  @Test
  void whatIsSignedAndMakesNoSenseIsRefused() {
    String head = "iotbox handler signature 1\nmodule m\nsigned 2026-11-26T08:00:00Z\nkey k\n";
    String file = "sha256 " + "0".repeat(64) + " a\n";
    for (String lines :
        List.of(
            "iotbox handler signature 1\n",
            head,
            head + "\n",
            head + file + file,
            head + "md5 " + "0".repeat(32) + " a\n",
            head + "sha256 " + "0".repeat(64) + " \n",
            head.replace("module", "mod") + file,
            head.replace("2026-11-26T08", "yesterday") + file,
            head.replace("key k\n", "") + file,
            head + file + "\n" + file)) {
      assertTrue(fault(signed(lines)).startsWith("The signature is right, but"), lines);
    }
    byte[] latin1 =
        (head + "sha256 " + "0".repeat(64) + " ä\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] end =
        ("signature " + Base64.getEncoder().encodeToString(KEY.sign(latin1)) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(latin1, latin1.length + end.length);
    System.arraycopy(end, 0, whole, latin1.length, end.length);
    assertEquals("The signature is right, but it is not UTF-8", fault(whole));
  }

  @Test
  void namesThatWouldFakeALineAreNotSigned() {
    for (String name : List.of("a\nsha256", "a\rb", "a\u0085b", "")) {
      assertThrows(
          IllegalArgumentException.class, () -> SignatureFile.write(manifest(name), KEY), name);
    }
  }

  @Test
  void garbageOfAnyKindIsRefusedInASentence() {
    Random random = new Random(42);
    byte[] file = SignatureFile.write(MANIFEST, KEY);
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = Arrays.copyOf(file, random.nextInt(file.length + 20));
      for (int i = 1 + random.nextInt(5); i > 0 && damaged.length > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      if (!Arrays.equals(damaged, file)) {
        try {
          assertEquals(MANIFEST, SignatureFile.read(damaged, TRUSTED)); // White space at the end.
        } catch (BadSignatureException e) {
          assertFalse(e.getMessage().isEmpty());
        }
      }
    }
  }
}
