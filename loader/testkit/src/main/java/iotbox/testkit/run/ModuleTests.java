package iotbox.testkit.run;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.slf4j.LoggerFactory;

/**
 * The program: compiles the handlers and the tests ({@code tests/java}) of the module in the
 * present folder, and runs the tests. The exit code is 0 if all passed, 1 if some failed or
 * something does not compile, 2 if there is nothing to run.
 */
public final class ModuleTests {
  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int NOTHING = 2;

  private static final String LOG = "--log";

  /** Where the person is whose editor opens the files; the present folder unless given. */
  private static final String FROM = "iotbox.testkit.from";

  private static final Path MODULE = Path.of("").toAbsolutePath();

  private final PrintStream out;
  private final Path from;

  private ModuleTests(PrintStream out, Path from) {
    this.out = out;
    this.from = from;
  }

  /** See the class; {@code --log} shows the log, too, which tells what the box does. */
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    if (!given.isEmpty() && !given.equals(List.of(LOG))) {
      System.err.println("iotbox: Only " + LOG + " may follow the module's folder.");
      System.exit(NOTHING);
    }
    if (given.isEmpty()) {
      ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
          .setLevel(Level.OFF);
    }
    Path from = Path.of(System.getProperty(FROM, MODULE.toString()));
    System.exit(new ModuleTests(System.out, from).run());
  }

  private int run() {
    Path classes = null;
    try {
      ModuleSources sources = ModuleSources.of(MODULE);
      if (sources.tests().isEmpty()) {
        System.err.println(
            "iotbox: "
                + shown(MODULE.resolve(ModuleSources.TESTS))
                + " has no tests. A driver with a test to begin with: ./box/run new driver");
        return NOTHING;
      }
      classes = Files.createTempDirectory("iotbox-tests");
      List<String> errors = new SourceCompiler(sources, this::shown).into(classes);
      if (!errors.isEmpty()) {
        errors.forEach(out::println);
        return FAILED;
      }
      return run(sources, classes);
    } catch (IOException e) {
      System.err.println("iotbox: The tests cannot be run: " + e.getMessage() + ".");
      return NOTHING;
    } finally {
      delete(classes);
    }
  }

  private int run(ModuleSources sources, Path classes) throws IOException {
    List<URL> places = new ArrayList<>(List.of(url(classes)));
    for (Path library : sources.libraries()) {
      places.add(url(library));
    }
    Thread current = Thread.currentThread();
    ClassLoader usual = current.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(places.toArray(new URL[0]), usual)) {
      current.setContextClassLoader(loader);
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(classes)))
              .build();
      TestReport report = new TestReport(sources, this::shown, out);
      LauncherFactory.create().execute(request, report);
      return report.summary() ? PASSED : FAILED;
    } finally {
      current.setContextClassLoader(usual);
    }
  }

  private static URL url(Path place) throws MalformedURLException {
    return place.toUri().toURL();
  }

  private String shown(Path file) {
    Path there = file.toAbsolutePath().normalize();
    return (there.startsWith(from) ? from.relativize(there) : there).toString();
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It is in the system's folder for such things, which is emptied anyhow.
    }
  }
}
