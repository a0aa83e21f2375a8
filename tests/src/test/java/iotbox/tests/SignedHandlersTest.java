package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sign} and {@code --require-signed-handlers}: who may say what runs in the box. */
class SignedHandlersTest {
  private static final String OPTION = "--require-signed-handlers";
  private static final String INTERFACE = "interfaces/BenchInterface.java";
  private static final String DRIVER = "drivers/BenchDriver.java";
  private static final String SIGNATURE = "lib/shop.signature";

  @TempDir Path folder;
  private Path module;

  @BeforeEach
  void makeModule() throws IOException {
    module = folder.resolve("shop");
    write(INTERFACE, TestHandlers.INTERFACE);
    write(DRIVER, TestHandlers.DRIVER);
  }

  private void write(String path, String text) throws IOException {
    Path file = module.resolve("iot_handlers").resolve(path);
    Files.createDirectories(file.getParent());
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private String read(String path) throws IOException {
    return Files.readString(module.resolve("iot_handlers").resolve(path));
  }

  /** The module as Odoo serves it. */
  private HandlersZip zip() throws IOException {
    HandlersZip zip = HandlersZip.with(INTERFACE, read(INTERFACE)).and(DRIVER, read(DRIVER));
    return Files.exists(module.resolve("iot_handlers").resolve(SIGNATURE))
        ? zip.and(SIGNATURE, read(SIGNATURE))
        : zip;
  }

  private record Ended(int code, String out, String err) {
    /** What stands after this word on a line of its own. */
    String value(String name) {
      return out.lines()
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(name.length()).strip().split(" ")[0])
          .orElseThrow(() -> new AssertionError(out));
    }

    String publicKey() {
      return value("Public key:");
    }
  }

  /** Runs the jar with a home of its own. */
  private Ended jar(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                BoxProcess.root().resolve("box/target/iotbox.jar").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Ended run(List<String> command) throws Exception {
    Path err = folder.resolve("err");
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        BoxProcess.isolate(new ProcessBuilder(command))
            .redirectError(err.toFile())
            .redirectOutput(out.toFile());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().put("XDG_DATA_HOME", folder.resolve("share").toString());
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end");
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Ended sign() throws Exception {
    Ended ended = jar("sign", module.toString());
    assertEquals(0, ended.code(), ended.err());
    return ended;
  }

  private BoxProcess paired(OdooStandIn odoo, String... options) {
    List<String> all = new ArrayList<>(List.of("--data", data(), "--handlers-interval", "1"));
    all.addAll(List.of(options));
    return BoxProcess.pairedWith(odoo, all.toArray(new String[0]));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static JsonNode awaitRefused(BoxClient client, String file, String why) {
    JsonNode status =
        client.awaitStatus(file + " is refused", now -> !refusal(now, file).isMissingNode());
    String message = refusal(status, file).path("message").asText();
    assertTrue(message.startsWith(why), message);
    return status;
  }

  private static JsonNode refusal(JsonNode status, String file) {
    JsonNode handler = BoxClient.handler(status, file);
    return handler.path("state").asText().equals("failed")
        ? handler.path("diagnostics").path(0)
        : handler.path("nothing");
  }

  private static void assertAnswers(BoxClient client, int value) {
    JsonNode answer = client.action("s", "bench1", Map.of("action", "set", "value", value));
    assertEquals(value, answer.at("/result/result").asInt(), answer.toString());
  }

  @Test
  void signMakesAKeyOnceForItsOwnerOnlyAndStartsNoBox() throws Exception {
    Ended first = sign();
    assertEquals("", first.err());
    Path key = Path.of(first.value("Private key:"));
    assertEquals(folder.resolve("config/iotbox/signing-key.pem"), key);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    assertTrue(first.out().contains("made just now"), first.out());
    assertTrue(first.out().contains(OPTION + " " + first.publicKey()), first.out());
    assertFalse(first.out().contains(Files.readAllLines(key).get(1)), "the private key is seen");
    assertTrue(read(SIGNATURE).startsWith("iotbox handler signature 1\nmodule shop\n"));
    assertFalse(Files.exists(folder.resolve("share")), "a box was started");

    String pem = Files.readString(key);
    Ended second = sign();
    assertEquals(first.publicKey(), second.publicKey());
    assertEquals(pem, Files.readString(key));
    assertFalse(second.out().contains("made just now"), second.out());
  }

  @Test
  void signTakesAKeyOfOnesOwnAndSaysIfOthersCanReadIt() throws Exception {
    sign();
    Path key = folder.resolve("own.pem");
    Files.copy(folder.resolve("config/iotbox/signing-key.pem"), key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    Ended ended = jar("sign", "--key", key.toString(), module.toString());
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.out().contains("Others can read the private key"), ended.out());
    assertEquals(sign().publicKey(), ended.publicKey());
  }

  @Test
  void whatCannotBeSignedIsOneSentence() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.pem"), "no key");
    List<List<String>> wrong =
        List.of(
            List.of("sign"),
            List.of("sign", folder.resolve("absent").toString()),
            List.of("sign", folder.toString()),
            List.of("sign", module.toString(), "--key"),
            List.of("sign", module.toString(), "--colour"),
            List.of("sign", module.toString(), "--key", bad.toString()),
            List.of("sign", module.toString(), "--key", folder.resolve("absent").toString()),
            List.of("sign", "/proc/self/fd"),
            List.of("resign", module.toString()));
    for (List<String> arguments : wrong) {
      Ended ended = jar(arguments.toArray(new String[0]));
      assertEquals(2, ended.code(), arguments + ended.err());
      assertEquals("", ended.out());
      assertEquals(1, ended.err().lines().count(), ended.err());
      assertTrue(ended.err().startsWith("iotbox: "), ended.err());
      assertFalse(ended.err().contains("Exception"), ended.err());
    }
    assertFalse(Files.exists(module.resolve("iot_handlers/lib")));
  }

  @Test
  void theScriptSignsWithoutPreparingAStart() throws Exception {
    String script = BoxProcess.root().resolve("box/run").toString();
    Ended ended = run(List.of(script, "sign", module.toString()));
    assertEquals(0, ended.code(), ended.err());
    assertFalse(ended.err().contains("Preparing"), ended.err());
    assertTrue(read(SIGNATURE).contains(" " + DRIVER + "\n"));
    assertTrue(run(List.of(script, "sign", "--help")).out().startsWith("Usage: iotbox sign "));
  }

  @Test
  void signedHandlersWorkAndAlteredOnesDoNotTakeTheirPlaceAlsoAfterARestart() throws Exception {
    String key = sign().publicKey();
    HandlersZip signed = zip();
    HandlersZip altered =
        signed.and(DRIVER, TestHandlers.DRIVER.replace("Bench Works", "Somebody else"));
    try (OdooStandIn odoo = OdooStandIn.start().serving(signed)) {
      try (BoxProcess box = paired(odoo, OPTION, key)) {
        BoxClient client = box.client();
        client.awaitDevice("bench1");
        assertAnswers(client, 5);

        odoo.recover().serving(altered);
        JsonNode status = awaitRefused(client, DRIVER, "Altered since it was signed");
        awaitRefused(client, SIGNATURE, "What is there is not what was signed");
        assertTrue(BoxClient.handler(status, DRIVER).path("running").isObject());
        assertEquals(
            "Bench Works", BoxClient.device(status, "bench1").path("manufacturer").asText());
        assertAnswers(client, 6);
        assertTrue(box.stderr().contains(DRIVER + ":0:0: Altered since it was signed"));
        assertFalse(Files.exists(Path.of(data(), "classes")), "compiled classes bear no signature");
      }
      try (BoxProcess box = paired(odoo, OPTION, key)) {
        BoxClient client = box.client();
        client.awaitDevice("bench1");
        awaitRefused(client, DRIVER, "Altered since it was signed");
        assertAnswers(client, 7);
      }
      // And a better version, signed again, is welcome.
      write(DRIVER, TestHandlers.DRIVER.replace("Bench Works", "Better Works"));
      sign();
      odoo.recover().serving(zip());
      try (BoxProcess box = paired(odoo, OPTION, key)) {
        box.client()
            .awaitStatus(
                "the better one runs",
                now ->
                    BoxClient.device(now, "bench1")
                        .path("manufacturer")
                        .asText()
                        .equals("Better Works"));
      }
    }
  }

  @Test
  void unsignedHandlersAndThoseOfStrangersDoNotRun() throws Exception {
    String stranger = sign().publicKey();
    Files.delete(folder.resolve("config/iotbox/signing-key.pem"));
    HandlersZip ofStranger = zip();
    String key = sign().publicKey();
    assertNotEquals(stranger, key);
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = paired(odoo, OPTION, key)) {
      BoxClient client = box.client();
      awaitRefused(client, DRIVER, "Not signed by anybody whom this box trusts");
      JsonNode status = awaitRefused(client, INTERFACE, "Not signed by anybody");
      assertTrue(BoxClient.device(status, "bench1").isMissingNode());

      odoo.recover().serving(ofStranger);
      awaitRefused(client, SIGNATURE, "Signed with the key ");
      status = awaitRefused(client, DRIVER, "Not signed");
      assertTrue(BoxClient.device(status, "bench1").isMissingNode());

      odoo.recover().serving(zip());
      client.awaitDevice("bench1");
    }
  }

  @Test
  void whatIsStoredIsLookedAtToo() throws Exception {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = paired(odoo)) {
      box.client().awaitDevice("bench1");
      awaitStored();
    }
    String key = sign().publicKey();
    // Odoo is away, and the box has handlers in its cache, and classes of them, nobody signed.
    try (BoxProcess box = BoxProcess.start("--data", data(), OPTION, key)) {
      JsonNode status = awaitRefused(box.client(), DRIVER, "Not signed");
      assertTrue(BoxClient.device(status, "bench1").isMissingNode());
    }
  }

  private void awaitStored() {
    org.awaitility.Awaitility.await("the handlers are stored")
        .until(() -> Files.exists(Path.of(data(), "handlers.cache")));
  }

  @Test
  void signedHandlersStartWithoutOdoo() throws Exception {
    String key = sign().publicKey();
    try (OdooStandIn odoo = OdooStandIn.start().serving(zip());
        BoxProcess box = paired(odoo, OPTION, key)) {
      box.client().awaitDevice("bench1");
      awaitStored();
    }
    try (BoxProcess box = BoxProcess.start("--data", data(), OPTION, key)) {
      box.client().awaitDevice("bench1");
      assertAnswers(box.client(), 3);
    }
  }

  @Test
  void aLocalModuleMustBeSignedTooAndMayBeSoByOneOfSeveralKeys() throws Exception {
    Ended ended = sign();
    Path pem = folder.resolve("other.pem");
    String other =
        "-----BEGIN PUBLIC KEY-----\n"
            + "MCowBQYDK2VwAyEARLsFpAsKu0IpKI+sY3GWs9D+9fpotZU7DgBq82Wsuh4=\n"
            + "-----END PUBLIC KEY-----\n";
    Files.writeString(pem, other);
    try (BoxProcess box =
        BoxProcess.start(
            "--handlers", module.toString(), OPTION, pem.toString(), OPTION, ended.publicKey())) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      write(DRIVER, TestHandlers.DRIVER.replace("Bench Works", "Better Works"));
      JsonNode status = awaitRefused(client, DRIVER, "Altered since it was signed");
      assertEquals("Bench Works", BoxClient.device(status, "bench1").path("manufacturer").asText());
      assertAnswers(client, 4);
      sign();
      client.awaitStatus(
          "the new version runs",
          now ->
              BoxClient.device(now, "bench1").path("manufacturer").asText().equals("Better Works"));
    }
  }
}
