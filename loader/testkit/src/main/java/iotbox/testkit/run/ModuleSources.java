package iotbox.testkit.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of a module that are compiled to test it. Immutable.
 *
 * @param handlers those for this system
 * @param libraries the jars that the handlers bring along
 */
record ModuleSources(List<Path> handlers, List<Path> tests, List<Path> libraries) {
  static final String TESTS = "tests/java";

  ModuleSources {
    handlers = List.copyOf(handlers);
    tests = List.copyOf(tests);
    libraries = List.copyOf(libraries);
  }

  static ModuleSources of(Path module) throws IOException {
    Path handlers = module.resolve("iot_handlers");
    return new ModuleSources(
        files(handlers, ".java").stream().filter(ModuleSources::isForThisSystem).toList(),
        files(module.resolve(TESTS), ".java"),
        files(handlers, ".jar"));
  }

  List<Path> all() {
    List<Path> all = new ArrayList<>(handlers);
    all.addAll(tests);
    return all;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  /** As the box takes them: {@code Foo_L.java} for Linux, {@code Foo_W.java} for Windows. */
  private static boolean isForThisSystem(Path file) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    return !file.toString().endsWith(windows ? "_L.java" : "_W.java");
  }
}
