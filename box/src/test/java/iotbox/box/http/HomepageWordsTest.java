package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of the homepage: each that a page asks for is there, in every language. */
class HomepageWordsTest {
  private static final Path FOLDER = Path.of("src/main/resources/homepage");
  private static final List<String> OTHERS = List.of("words_de");

  /** A key where it is asked for, up to what is put into it there. */
  private static final Pattern USE =
      Pattern.compile("\\bt\\(\\s*(?:[^\"`()]*\\? *)?([\"`])([a-z][^\"`$]*)(\\$\\{)?");

  /** Any text that can only be a key, such as one in a list of columns. */
  private static final Pattern KEY = Pattern.compile("\"([a-z]+(?:\\.[a-z-]+)+)\"");

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private final Properties english = words("words");

  @Test
  void everyLanguageHasTheSameKeysAndTheSamePlacesForValues() {
    for (String other : OTHERS) {
      Properties words = words(other);
      assertEquals(
          new TreeSet<>(english.stringPropertyNames()),
          new TreeSet<>(words.stringPropertyNames()),
          other);
      for (String key : english.stringPropertyNames()) {
        assertEquals(places(english.getProperty(key)), places(words.getProperty(key)), key);
        assertTrue(!words.getProperty(key).isBlank(), key);
      }
    }
  }

  @Test
  void everyFileNamesEachKeyOnce() throws IOException {
    for (String name : List.of("words", "words_de")) {
      Map<String, Integer> lines = new TreeMap<>();
      for (String line : Files.readAllLines(FOLDER.resolve(name + ".properties"))) {
        if (!line.isBlank() && !line.startsWith("#")) {
          lines.merge(line.substring(0, line.indexOf('=')).trim(), 1, Integer::sum);
        }
      }
      lines.values().removeIf(count -> count == 1);
      assertEquals(Map.of(), lines, name);
    }
  }

  @Test
  void everyKeyThatAPageAsksForIsThere() throws IOException {
    Set<String> missing = new TreeSet<>();
    int seen = 0;
    for (Path script : scripts()) {
      String text = Files.readString(script);
      Matcher use = USE.matcher(text);
      while (use.find()) {
        seen++;
        boolean begins = use.group(3) != null;
        if (!(begins ? begins(use.group(2)) : isThere(use.group(2)))) {
          missing.add(script.getFileName() + ": " + use.group(2));
        }
      }
      Matcher key = KEY.matcher(text);
      while (key.find()) {
        String page = key.group(1).substring(0, key.group(1).indexOf('.') + 1);
        if (begins(page) && !isThere(key.group(1))) {
          missing.add(script.getFileName() + ": " + key.group(1));
        }
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(seen > 50, seen + " uses: are they found at all?");
  }

  private boolean isThere(String key) {
    return english.containsKey(key)
        || english.containsKey(key + ".one") && english.containsKey(key + ".other");
  }

  private boolean begins(String key) {
    return english.stringPropertyNames().stream().anyMatch(each -> each.startsWith(key));
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".js")).toList();
    }
  }

  private static Set<String> places(String words) {
    Set<String> places = new TreeSet<>();
    Matcher place = PLACE.matcher(words);
    while (place.find()) {
      places.add(place.group(1));
    }
    return places;
  }

  private static Properties words(String name) {
    Properties words = new Properties();
    try (Reader file = Files.newBufferedReader(FOLDER.resolve(name + ".properties"))) {
      words.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }
}
