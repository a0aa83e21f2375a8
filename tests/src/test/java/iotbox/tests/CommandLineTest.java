package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person at a terminal sees. */
class CommandLineTest {
  @Test
  void aPortThatIsTakenIsOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertRefused(BoxProcess.run("--port", port), port);
    }
  }

  @Test
  void aDataFolderThatCannotBeWrittenIsOneSentence(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    String data = file.resolve("data").toString();
    assertRefused(BoxProcess.run("--data", data), data);
    Files.createDirectories(folder.resolve("identifier.new/in the way"));
    BoxProcess.Exit exit = BoxProcess.run("--data", folder.toString());
    assertRefused(exit, "see to its disk, or choose another with --data");
    assertEquals(1, exit.stderr().split(folder.toString(), -1).length - 1, exit.stderr());
  }

  @Test
  void aDataFolderOnAReadOnlyFileSystemIsOneSentence() {
    assertRefused(BoxProcess.run("--data", "/proc/iotbox"), "/proc/iotbox");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--colour=red",
        "--port=eighty",
        "--port=70000",
        "--identifier=a b",
        "--handlers=/nowhere/at/all",
        "--archive-limit=bytes=much",
        "--archive-limit=colour=1",
        "--bind=256.1.1.1",
        "--pin=/dev/ttyUSB0",
        "--pairing-proxy=nowhere",
        "--certificate-service=nowhere",
        "--https-port=https",
        "--certificate=/nowhere/at/all",
        "--insecure-odoo=perhaps",
        "--require-signed-handlers=AAAA",
        "--require-signed-handlers=-----BEGIN PUBLIC KEY-----",
        "--require-signed-handlers=/nowhere/at/all",
        "--require-signed-requests=perhaps",
        "--odoo=nonsense",
        "--odoo=ftp://odoo.example?token=t",
        "--odoo=http://?token=t",
        "--odoo=https://odoo.example|token"
      })
  void aBadOptionIsOneSentence(String option) {
    assertRefused(BoxProcess.run(option), option.substring(0, option.indexOf('=')));
  }

  @Test
  void aBadPairingTokenIsNotRepeated() {
    BoxProcess.Exit exit = BoxProcess.run("--odoo", "odoo.example|" + OdooStandIn.TOKEN);

    assertEquals(2, exit.code(), exit.stderr());
    assertFalse(exit.stderr().contains(OdooStandIn.TOKEN), exit.stderr());
  }

  @Test
  void helpListsEveryOption() {
    BoxProcess.Exit exit = BoxProcess.run("--help");

    assertEquals(0, exit.code());
    for (String option :
        List.of(
            "--demo",
            "--odoo",
            "--port",
            "--bind",
            "--data",
            "--identifier",
            "--handlers",
            "--archive-limit",
            "--serial-port",
            "--pin",
            "--no-probe",
            "--pairing-proxy",
            "--certificate-service",
            "--https-port",
            "--certificate",
            "--certificate-key",
            "--insecure-odoo",
            "--require-signed-handlers",
            "--require-signed-requests",
            "iotbox new module <folder>",
            "iotbox check <module folder>",
            "iotbox dev <module folder>",
            "iotbox test <module folder>",
            "iotbox sign <module folder>")) {
      assertTrue(exit.stdout().contains(option), option);
    }
  }

  @Test
  void whoRunsTestsWithTheBoxsJarIsToldHow(@TempDir Path folder) {
    assertRefused(CommandProcess.run(folder, "test", "my_module"), "./box/run test");
  }

  @Test
  void standardOutputCarriesTheReadyLineAndNothingElse() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      box.client().awaitDevice("bench1");

      assertEquals("iotbox ready on " + box.url(), box.stdout());
      assertEquals("127.0.0.1", box.url().getHost());
    }
  }

  private static void assertRefused(BoxProcess.Exit exit, String mentioned) {
    assertEquals(2, exit.code(), exit.stderr());
    List<String> lines = exit.stderr().lines().toList();
    assertEquals(1, lines.size(), exit.stderr());
    assertTrue(lines.get(0).endsWith("."), exit.stderr());
    assertTrue(lines.get(0).contains(mentioned), exit.stderr());
    assertFalse(exit.stderr().contains("Exception"), exit.stderr());
    assertEquals("", exit.stdout());
  }
}
