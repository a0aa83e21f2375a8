package iotbox.box.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.http.part.OptionView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptOptionsTest {
  private static final String TAKEN = "Port 8070 is taken.";

  @TempDir private Path data;

  @Test
  void whatIsKeptCountsFromTheNextStartOn() throws Exception {
    KeptOptions options = start();
    options.keep(Map.of("port", 8070, "handlers-interval", " 5 "));

    assertEquals(8069, options.options().port());
    OptionView port = view(options, "port");
    assertEquals("8069", port.value());
    assertEquals("8070", port.next());
    assertEquals("8070", port.kept());
    assertEquals("default", port.source());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("options.json"))));

    KeptOptions next = start();
    assertEquals(8070, next.options().port());
    assertEquals(Duration.ofSeconds(5), next.options().handlersInterval());
    assertEquals("kept", view(next, "port").source());
    assertEquals("8069", view(next, "port").usual());
    assertEquals("8070", view(next, "port").value());
    assertNull(next.problem());
  }

  @Test
  void othersStayAsTheyWereKeptAndNothingMeansNoLonger() throws Exception {
    start().keep(Map.of("port", "8070", "allow-host", List.of("a.example", "b.example,c.example")));
    Map<String, Object> no = new HashMap<>();
    no.put("port", null);
    start().keep(no);

    KeptOptions next = start();
    assertEquals(8069, next.options().port());
    assertEquals(List.of("a.example", "b.example", "c.example"), next.options().access().hosts());

    next.keep(Map.of("allow-host", List.of(" ", "")));
    assertEquals(List.of(), start().options().access().hosts());
    assertNull(view(start(), "allow-host").kept());
  }

  @Test
  void theCommandLineAndTheEnvironmentWin() throws Exception {
    start().keep(Map.of("port", "8070", "handlers-interval", "5"));

    KeptOptions options = start(Map.of("IOTBOX_HANDLERS_INTERVAL", "7"), "--port", "81");

    assertEquals(81, options.options().port());
    assertEquals(Duration.ofSeconds(7), options.options().handlersInterval());
    assertEquals("command-line", view(options, "port").source());
    assertEquals("environment", view(options, "handlers-interval").source());
    assertEquals("8070", view(options, "port").kept());
    assertEquals("81", view(options, "port").next());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port|99999|--port must be a number from 0 to 65535, not \"99999\".",
        "allow-host|a b|--allow-host needs a name without a port",
        "handlers|/nowhere/at/all|--handlers needs the folder of an Odoo module",
        "certificate-service|ftp://x|--certificate-service needs none or a URL",
        "data|/tmp|--data is not kept here. Say this where the box is started",
        "odoo|https://x?token=y|--odoo is not kept here.",
        "insecure-odoo|true|--insecure-odoo is not kept here.",
        "help|true|There is no option --help to keep.",
        "prot|1|There is no option --prot to keep.",
      })
  void whatTheCommandLineWouldRefuseIsRefusedInItsWords(String name, String value, String why)
      throws Exception {
    KeptOptions options = start();
    options.keep(Map.of("handlers-interval", "5"));

    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> options.keep(Map.of(name, value)));

    assertTrue(refusal.getMessage().startsWith(why), refusal.getMessage());
    assertEquals(Duration.ofSeconds(5), start().options().handlersInterval());
    assertEquals("{\"handlers-interval\":\"5\"}", Files.readString(data.resolve("options.json")));
  }

  @Test
  void aTextIsOneLineAndAListOneOfTexts() throws Exception {
    KeptOptions options = start();
    for (Object value :
        List.of("a\nb", Map.of("a", 1), List.of(List.of("a")), Arrays.asList("a", null))) {
      assertThrows(
          IllegalArgumentException.class, () -> options.keep(Map.of("serial-port", value)));
    }
    IllegalArgumentException twice =
        assertThrows(
            IllegalArgumentException.class, () -> options.keep(Map.of("port", List.of("1", "2"))));
    assertEquals("--port can be given only once.", twice.getMessage());
  }

  @Test
  void whatIsHiddenByTheCommandLineIsLookedAtAllTheSame() throws Exception {
    KeptOptions options = start(Map.of(), "--port", "81");
    assertThrows(IllegalArgumentException.class, () -> options.keep(Map.of("port", "x")));
  }

  @Test
  void aCertificateAndItsKeyAreKeptTogether() throws Exception {
    Path pem = Files.writeString(data.resolve("x.pem"), "");
    KeptOptions options = start();
    IllegalArgumentException alone =
        assertThrows(
            IllegalArgumentException.class,
            () -> options.keep(Map.of("certificate", pem.toString())));
    assertTrue(alone.getMessage().contains("belong together"), alone.getMessage());
    options.keep(Map.of("certificate", pem.toString(), "certificate-key", pem.toString()));
    assertEquals(pem, start().options().certificateKey());

    Files.delete(pem);
    KeptOptions without = start();
    assertNull(without.options().certificate());
    assertTrue(view(without, "certificate").problem().contains(pem + " is none"));
    assertNotNull(view(without, "certificate-key").problem());

    without.keep(Map.of("port", "8070")); // What is wrong elsewhere does not matter here.
    without.keep(Map.of("certificate", "", "certificate-key", ""));
    assertNull(view(without, "certificate").problem());
  }

  @Test
  void whatHasBecomeUnusableIsLeftOutAndTold() throws Exception {
    Path module = Files.createDirectory(data.resolve("module"));
    start().keep(Map.of("handlers", List.of(module.toString()), "handlers-interval", "5"));
    Files.delete(module);

    KeptOptions options = start();

    assertEquals(List.of(), options.options().handlers());
    assertEquals(Duration.ofSeconds(5), options.options().handlersInterval());
    OptionView handlers = view(options, "handlers");
    assertEquals(
        "--handlers needs the folder of an Odoo module, but " + module + " is none.",
        handlers.problem());
    assertEquals(List.of(module.toString()), handlers.kept());
    assertEquals("default", handlers.source());
    assertEquals(List.of(), handlers.next());
  }

  @Test
  void aPortThatCannotBeHadAnyMoreIsLeftOut() throws Exception {
    start().keep(Map.of("port", "8070"));

    KeptOptions options =
        KeptOptions.in(
            data,
            given(Map.of()),
            asked -> Optional.of(TAKEN).filter(taken -> asked.port() == 8070));

    assertEquals(8069, options.options().port());
    assertEquals(TAKEN, view(options, "port").problem());
    KeptOptions given =
        KeptOptions.in(
            data,
            given(Map.of(), "--port", "81"),
            asked -> {
              throw new AssertionError("This port is not to be changed, so why ask?");
            });
    assertEquals(81, given.options().port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"port\": \"80", "[]", ""})
  void aDamagedFileIsPutAsideAndTold(String content) throws Exception {
    Files.writeString(data.resolve("options.json"), content);

    KeptOptions options = start();

    assertEquals(8069, options.options().port());
    assertTrue(options.problem().contains("could not be read"), options.problem());
    assertEquals(content, Files.readString(data.resolve("options.json.bad-1")));
    options.keep(Map.of("port", "8070"));
    assertEquals(8070, start().options().port());
  }

  @Test
  void whatTheFileMayNotSayIsNotListenedTo() throws Exception {
    Files.writeString(
        data.resolve("options.json"),
        "{\"insecure-odoo\": true, \"future\": 1, \"port\": {\"a\": 1}, \"handlers-interval\": 5}");

    KeptOptions options = start();

    assertFalse(options.options().insecureOdoo());
    assertEquals(8069, options.options().port());
    assertEquals(Duration.ofSeconds(5), options.options().handlersInterval());
  }

  @Test
  void theTokenIsNeverTold() throws Exception {
    KeptOptions options = start(Map.of("IOTBOX_ODOO", "https://my.odoo.com?token=s3cret"));

    assertFalse(options.views().toString().contains("s3cret"));
    OptionView odoo = view(options, "odoo");
    assertTrue(odoo.secret());
    assertEquals("environment", odoo.source());
  }

  @Test
  void aDemonstrationSaysWhatItDoesDifferently() throws Exception {
    KeptOptions options = start(Map.of(), "--demo");

    assertEquals("none", view(options, "pairing-proxy").value());
    assertEquals("demo", view(options, "pairing-proxy").source());
    assertEquals("none", view(options, "https-port").value());
    assertEquals(true, view(options, "demo").value());
  }

  @Test
  void allAreShownButQuestions() throws Exception {
    List<OptionView> views = start().views();

    assertEquals(BoxOption.values().length - 2, views.size());
    assertEquals(data.toString(), view(start(), "data").value());
    assertTrue(views.stream().allMatch(view -> !view.help().isEmpty()));
    assertTrue(views.stream().anyMatch(view -> view.elsewhere() == null));
  }

  @Test
  void aFolderThatCannotBeWrittenKeepsNothing() throws Exception {
    KeptOptions options = start();
    Files.createDirectories(data.resolve("options.json/in-the-way"));

    assertThrows(IOException.class, () -> options.keep(Map.of("port", "8070")));

    assertNull(view(options, "port").kept());
  }

  private KeptOptions start() throws StartupException {
    return start(Map.of());
  }

  private KeptOptions start(Map<String, String> environment, String... arguments)
      throws StartupException {
    return KeptOptions.in(data, given(environment, arguments), options -> Optional.empty());
  }

  private static GivenOptions given(Map<String, String> environment, String... arguments)
      throws StartupException {
    return GivenOptions.read(arguments, environment, List.of(), text -> {});
  }

  private static OptionView view(KeptOptions options, String name) {
    return options.views().stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
