package iotbox.box.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.device.choice.DriverRules;
import iotbox.box.device.status.Rule;
import iotbox.loader.ArchiveLimits;
import iotbox.stock.line.LineDriver;
import iotbox.stock.printer.found.GivenPrinter;
import iotbox.stock.printer.found.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxOptionsTest {
  private final List<String> help = new ArrayList<>();

  @Test
  void usualValues() throws Exception {
    BoxOptions options = parse(Map.of());

    assertEquals(8069, options.port());
    assertEquals("0.0.0.0", options.bind());
    assertNull(options.data());
    assertEquals(List.of(), options.detection().serialPorts());
    assertEquals(Duration.ofMinutes(1), options.handlersInterval());
    assertTrue(options.certificateService().startsWith("https://"));
  }

  @Test
  void environmentStandsInForTheCommandLineWhichWins(@TempDir Path module) throws Exception {
    Map<String, String> environment =
        Map.of(
            "IOTBOX_PORT", "1",
            "IOTBOX_SERIAL_PORT", "/dev/a,/dev/b",
            "IOTBOX_HANDLERS", module.toString(),
            "IOTBOX_DEMO", "true");

    BoxOptions options = parse(environment, "--port", "2");

    assertEquals(2, options.port());
    assertEquals(List.of("/dev/a", "/dev/b"), options.detection().serialPorts());
    assertEquals(List.of(module), options.handlers());
    assertTrue(options.demo());
  }

  @Test
  void httpsIsTriedWhereOdoosPagesAskFirstAndCanBeSwitchedOff() throws Exception {
    assertEquals(List.of(443, 8443), parse(Map.of()).httpsPorts());
    assertEquals(List.of(0), parse(Map.of(), "--https-port", "0").httpsPorts());
    assertEquals(List.of(), parse(Map.of(), "--https-port", "none").httpsPorts());
    assertEquals(List.of(), parse(Map.of(), "--demo").httpsPorts());
  }

  @Test
  void odoosServicesCanBeSwitchedOffAndAreWithTheDemonstration() throws Exception {
    assertTrue(parse(Map.of()).pairingProxy().startsWith("https://"));
    BoxOptions none =
        parse(Map.of("IOTBOX_CERTIFICATE_SERVICE", "none"), "--pairing-proxy", "none");
    for (BoxOptions options : List.of(none, parse(Map.of(), "--demo"))) {
      assertNull(options.pairingProxy());
      assertNull(options.certificateService());
    }
  }

  @Test
  void repeatableOptionsCollect() throws Exception {
    assertEquals(
        List.of("/dev/a", "/dev/b"),
        parse(Map.of(), "--serial-port", "/dev/a", "--serial-port", "/dev/b")
            .detection()
            .serialPorts());
  }

  @Test
  void aPortInTheNetworkNeedsAnAddress() throws Exception {
    assertEquals(
        List.of("rfc2217://scale:4001"),
        parse(Map.of(), "--serial-port", "rfc2217://scale:4001").detection().serialPorts());
    assertEquals(
        "--serial-port: A serial port in the network is tcp://host:port or rfc2217://host:port,"
            + " such as rfc2217://192.0.2.7:4001, not \"tcp://scale\".",
        assertThrows(StartupException.class, () -> parse(Map.of(), "--serial-port", "tcp://scale"))
            .getMessage());
  }

  @Test
  void printersAreGivenAndLookedFor() throws Exception {
    PrinterOptions usual = parse(Map.of()).printers();
    assertEquals(List.of(), usual.given());
    assertEquals(Set.of(Way.CUPS, Way.USB, Way.MDNS), usual.ways());

    PrinterOptions some =
        parse(Map.of("IOTBOX_FIND_PRINTERS", "usb,mdns"), "--printer", "Till=socket://till")
            .printers();
    assertEquals(List.of(GivenPrinter.parse("Till=socket://till:9100")), some.given());
    assertEquals(Set.of(Way.USB, Way.MDNS), some.ways());

    assertEquals(Set.of(), parse(Map.of(), "--find-printers", "none").printers().ways());
  }

  @Test
  void whatIsNoPrinterAndNoWayIsRefused() {
    assertEquals(
        "--printer needs an address such as "
            + GivenPrinter.EXAMPLES
            + ", not \"smb://till\": the box does not speak smb:.",
        assertThrows(StartupException.class, () -> parse(Map.of(), "--printer", "smb://till"))
            .getMessage());
    for (String words : List.of("bluetooth", "none,usb", "given", "")) {
      assertTrue(
          assertThrows(StartupException.class, () -> parse(Map.of(), "--find-printers", words))
              .getMessage()
              .startsWith("--find-printers needs some of cups, usb and mdns, or none alone, not"));
    }
  }

  @Test
  void driversArePinnedAndDevicesLeftAlone() throws Exception {
    DriverRules.Fixed decisions =
        parse(
                Map.of("IOTBOX_NO_PROBE", "/dev/ttyS0,usb_0001:0002"),
                "--pin",
                "/dev/ttyUSB0=shop.Scale",
                "--pin=/dev/serial/by-id/a=b=Scale")
            .detection()
            .decisions();

    assertEquals(
        Map.of(
            "/dev/ttyUSB0", new Rule.Pin("shop.Scale", "--pin"),
            "/dev/serial/by-id/a=b", new Rule.Pin("Scale", "--pin")),
        decisions.pins());
    assertEquals(Set.of("/dev/ttyS0", "usb_0001:0002"), decisions.unprobed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/ttyUSB0", "=Scale", "/dev/ttyUSB0=", "/dev/ttyUSB0=a-b"})
  void aPinNamesADeviceAndAClass(String pin) {
    StartupException refusal =
        assertThrows(StartupException.class, () -> parse(Map.of(), "--pin", pin));
    assertEquals(
        "--pin needs a device and a driver's class, such as"
            + " /dev/ttyUSB0=iotbox.stock.serial.Toledo8217Driver, not \""
            + pin
            + "\".",
        refusal.getMessage());
  }

  @Test
  void aDeviceHasOneDriver() {
    StartupException refusal =
        assertThrows(
            StartupException.class, () -> parse(Map.of("IOTBOX_PIN", "/dev/a=One,/dev/a=Two")));
    assertEquals(
        "--pin gives /dev/a two drivers, One and Two; leave one out.", refusal.getMessage());
  }

  @Test
  void theOptionsThatGiveADeviceTwoDriversAreNamed(@TempDir Path folder) throws Exception {
    Path lines = Files.writeString(folder.resolve("scale.json"), "{\"pattern\": \"(1)\"}");
    Map<String, String> scale = Map.of("IOTBOX_LINE_DEVICE", "/dev/a=" + lines);

    assertEquals(
        Map.of("/dev/a", new Rule.Pin(LineDriver.class.getName(), "--line-device")),
        parse(scale).detection().decisions().pins());
    assertEquals(
        "--pin and --line-device give /dev/a two drivers, One and iotbox.stock.line.LineDriver;"
            + " leave one out.",
        assertThrows(StartupException.class, () -> parse(scale, "--pin", "/dev/a=One"))
            .getMessage());
  }

  @Test
  void certificatesAreCheckedUnlessTheyAreNotToBe() throws Exception {
    assertFalse(parse(Map.of()).insecureOdoo());
    assertTrue(parse(Map.of(), "--insecure-odoo").insecureOdoo());
    assertTrue(parse(Map.of("IOTBOX_INSECURE_ODOO", "true")).insecureOdoo());
  }

  @Test
  void limitsOfArchivesAreSetOneByOne() throws Exception {
    assertEquals(ArchiveLimits.DEFAULT, parse(Map.of()).archiveLimits());
    assertEquals(
        new ArchiveLimits(7, 64 << 10, 2L << 20, 30, 500),
        parse(
                Map.of(),
                "--archive-limit",
                "files=7,bytes=2M",
                "--archive-limit=file-bytes=64K",
                "--archive-limit",
                "ratio=30,source-bytes=500")
            .archiveLimits());
    assertEquals(
        1 << 30,
        parse(Map.of("IOTBOX_ARCHIVE_LIMIT", "files=9,bytes=1G")).archiveLimits().totalBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--help --version", "--prot 1 --help", "--port x --help"})
  void helpListsTheOptionsWhateverElseIsSaid(String line) throws Exception {
    assertNull(parse(Map.of("IOTBOX_PORT", "x"), line.split(" ")));
    for (BoxOption option : BoxOption.values()) {
      assertTrue(help.get(0).contains("  " + option), help.get(0));
    }
    assertTrue(help.get(0).lines().allMatch(text -> text.length() <= 80), help.get(0));
  }

  @Test
  void versionIsOneLine() throws Exception {
    assertNull(parse(Map.of("IOTBOX_VERSION", "1.0"), "--version"));
    assertEquals(List.of("iotbox " + BoxVersion.number()), help.get(0).lines().toList());
  }

  @Test
  void flagsCanBeSpelledOut() throws Exception {
    assertTrue(parse(Map.of(), "--demo=true").demo());
    assertFalse(parse(Map.of("IOTBOX_DEMO", "true"), "--demo=false").demo());
    assertTrue(parse(Map.of("IOTBOX_DEMO", "false"), "--demo").demo());
  }

  @Test
  void aFlagOnTheCommandLineIsOnThoughTheEnvironmentSaysSoToo() throws Exception {
    assertTrue(parse(Map.of("IOTBOX_DEMO", "true"), "--demo").demo());
  }

  @Test
  void valuesAreTakenAsTheyAre() throws Exception {
    assertEquals("\"a=b\"", parse(Map.of(), "--odoo", "\"a=b\"").odoo());
    assertEquals("@b", parse(Map.of(), "--odoo=@b").odoo());
    assertEquals("", parse(Map.of(), "--odoo", "").odoo());
    assertEquals("", parse(Map.of(), "--odoo=").odoo());
    assertEquals("-x", parse(Map.of(), "--odoo=-x").odoo());
    assertNull(parse(Map.of("IOTBOX_ODOO", " ")).odoo());
    assertEquals(
        List.of("a", "", "b"), parse(Map.of(), "--serial-port=a,,b,").detection().serialPorts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--odo=%s", "odoo.example|%s", "https://odoo.example?token=%s"})
  void aMisplacedTokenIsNotRepeated(String argument) {
    StartupException refusal =
        assertThrows(
            StartupException.class, () -> parse(Map.of(), String.format(argument, "secret")));

    assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port=1\n2", "--po\nrt", "1\n2", "--demo=1\n2", "--pairing-proxy=1\n2"})
  void aRefusalIsOneLineWhateverItRefuses(String argument) {
    StartupException refusal =
        assertThrows(StartupException.class, () -> parse(Map.of(), argument));

    assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--prot 1; Unknown option --prot.",
        "--port x; number from 0 to 65535, not \"x\"",
        "--port 70000; from 0 to 65535",
        "--por 1; Unknown option --por.",
        "-port 1; Unknown option -port.",
        "-port8; Unknown option -port8.",
        "---port 1; Unknown option ---port.",
        "--PORT 1; Unknown option --PORT.",
        "-p 1; Unknown option -p.",
        "--data --prot; Unknown option --prot.",
        "--data --demo; --data needs a value",
        "--data --demo=true; --data needs a value",
        "--port 1 --port=2; --port can be given only once",
        "--demo --demo; --demo can be given only once",
        "--demo true; \"true\" belongs to no option",
        "--demo=perhaps; true or false, not \"perhaps\"",
        "-- more; \"more\" belongs to no option",
        "''; \"\" belongs to no option",
        "-5; Unknown option -5",
        "--port=; not \"\"",
        "--port -1; from 0 to 65535",
        "--port; --port needs a value",
        "--handlers-interval -5; from 0 (never)",
        "--handlers-interval 90000; to 86400 (a day)",
        "--handlers-interval soon; to 86400 (a day), not \"soon\"",
        "--archive-limit files; such as files=10000",
        "--archive-limit files=many; not \"files=many\"",
        "--archive-limit files=0; from 1 to 65534",
        "--archive-limit files=70000; from 1 to 65534",
        "--archive-limit bytes=2G; from 1 to 1073741824, not 2147483648",
        "--archive-limit bytes=999999999G; from 1 to 1073741824",
        "--archive-limit files=1,colour=2; not \"colour\"",
        "--handlers /no/such/folder; folder of an Odoo module",
        "--pairing-proxy ftp://x; begins with http",
        "--certificate-service nonsense; begins with http",
        "--https-port no; none or a number",
        "--https-port 65536; none or a number",
        "--certificate /dev/null; belong together",
        "--certificate-key /dev/null; belong together",
        "--certificate /no/such --certificate-key /dev/null; that this user may read",
        "--demo --odoo https://x; brings its own",
        "surplus; \"surplus\" belongs to no option"
      })
  void badOptionIsOneSentence(String line, String part) {
    StartupException refusal =
        assertThrows(StartupException.class, () -> parse(Map.of(), line.split(" ")));

    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count());
  }

  private BoxOptions parse(Map<String, String> environment, String... arguments)
      throws StartupException {
    return BoxOptions.parse(arguments, environment, help::add);
  }

  @Test
  void displaysAreAllNoneOrNamed() throws StartupException {
    assertEquals(new DisplayOptions(false, true, Set.of()), parse(Map.of()).displays());
    assertEquals(
        new DisplayOptions(true, true, Set.of()), parse(Map.of(), "--display", "all").displays());
    assertEquals(
        new DisplayOptions(true, false, Set.of()),
        parse(Map.of("IOTBOX_DISPLAY", "none")).displays());
    assertEquals(
        new DisplayOptions(true, true, Set.of("HDMI-1", "HDMI-2")),
        parse(Map.of(), "--display", "HDMI-1,HDMI-2").displays());
    String said =
        assertThrows(
                StartupException.class,
                () -> parse(Map.of(), "--display", "none", "--display", "HDMI-1"))
            .getMessage();
    assertTrue(said.startsWith("--display needs all or none alone"), said);
  }
}
