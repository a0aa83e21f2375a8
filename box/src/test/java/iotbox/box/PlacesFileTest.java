package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.place.PlaceMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesFileTest {
  private static final Map<String, String> NAMES = Map.of("1-1 usb_0001:0001", "usb_0001:0001_2");

  @TempDir Path folder;

  @Test
  void eachPartIsThereAfterARestart() throws Exception {
    PlacesFile places = new PlacesFile(folder);
    assertEquals(Map.of(), places.of("usb").recall());
    places.of("usb").keep(NAMES);
    places.of("serial").keep(Map.of("usb-0:1 1:2:null:1.0", "/dev/x"));

    PlacesFile again = new PlacesFile(folder);
    assertEquals(NAMES, again.of("usb").recall());
    assertEquals("/dev/x", again.of("serial").recall().get("usb-0:1 1:2:null:1.0"));
    assertEquals(Map.of(), again.of("other").recall());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("places.json"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"usb\": {", "[]", "\u0000\u0000\u0000"})
  void aDamagedFileIsPutAside(String content) throws Exception {
    Files.writeString(folder.resolve("places.json"), content);
    PlaceMemory usb = new PlacesFile(folder).of("usb");

    assertEquals(Map.of(), usb.recall());
    assertEquals(content, Files.readString(folder.resolve("places.json.bad-1")));
    usb.keep(NAMES);
    assertEquals(NAMES, new PlacesFile(folder).of("usb").recall());
  }

  @Test
  void whatCannotBeANameIsPassedOver() throws Exception {
    Files.writeString(
        folder.resolve("places.json"),
        "{\"usb\": {\"1-1 a\": 5, \"nokind\": \"x\", \"1-2 a\": \"a_2\"}, \"serial\": 7}");

    assertEquals(Map.of("1-2 a", "a_2"), new PlacesFile(folder).of("usb").recall());
    assertEquals(Map.of(), new PlacesFile(folder).of("serial").recall());
  }

  @Test
  void aFileThatCannotBeWrittenIsKeptInMind() throws Exception {
    Path gone = Files.writeString(folder.resolve("file"), "no folder");
    PlaceMemory usb = new PlacesFile(gone).of("usb");
    usb.keep(NAMES);

    assertEquals(NAMES, usb.recall());
    assertTrue(Files.isRegularFile(gone));
    assertFalse(Files.exists(folder.resolve("places.json")));
  }
}
