package iotbox.stock.keyboard.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownLayoutsTest {
  private static final Pattern LISTED =
      Pattern.compile("- layout: '([^']*)'\\n +variant: '([^']*)'\\n[^-]*?description: (.+)");

  @Test
  void theyAreThoseThatXkbsOwnToolLists() throws Exception {
    Process tool = new ProcessBuilder("xkbcli", "list").start();
    String list = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Set<String> expected = new LinkedHashSet<>();
    Matcher listed = LISTED.matcher(list);
    while (listed.find()) {
      expected.add(listed.group(1) + "(" + listed.group(2) + ") " + listed.group(3));
    }
    Set<String> found = new LinkedHashSet<>();
    for (Map<String, String> each : KnownLayouts.in(KnownLayouts.file())) {
      found.add(
          each.get("layout") + "(" + each.getOrDefault("variant", "") + ") " + each.get("name"));
    }
    assertTrue(expected.size() > 300, list);
    expected.removeAll(found);
    assertEquals(Set.of(), expected, "of " + found.size());
    assertTrue(found.contains("de(nodeadkeys) German (no dead keys)"), found::toString);
    assertTrue(found.contains("be() Belgian"), found::toString);
  }

  @Test
  void whatIsNoListIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("evdev.xml");
    assertThrows(IOException.class, () -> KnownLayouts.in(file));
    Files.writeString(file, "<xkbConfigRegistry><layoutList>");
    assertThrows(IOException.class, () -> KnownLayouts.in(file));
    Files.writeString(
        file,
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a><layout><configItem>"
            + "<name>x</name><description>&e;</description></configItem></layout></a>");
    try {
      assertEquals("", KnownLayouts.in(file).get(0).get("name"), "no file is read by it");
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("cannot be understood"), e.getMessage());
    }
    Files.writeString(file, "<xkbConfigRegistry/>");
    assertEquals(List.of(), KnownLayouts.in(file));
  }
}
