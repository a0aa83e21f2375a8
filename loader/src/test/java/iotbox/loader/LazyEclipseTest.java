package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A box whose handlers Janino can take must not pay for the Eclipse compiler. */
class LazyEclipseTest {
  /** Runs in a process of its own, which tells the classes it loads. */
  public static final class Main {
    private Main() {}

    /** Loads one driver, written in modern Java if there is an argument. */
    public static void main(String[] args) {
      BuiltinHandlers none = BuiltinHandlers.none();
      Handlers handlers =
          new HandlerLoader(
                  new HandlerRegistry(none.handlers()), none, Programs.VISIBLE, Platform.LINUX)
              .reload(
                  "odoo",
                  TestArchive.handlers()
                      .file(
                          "drivers/A.java",
                          TestArchive.driverSource(
                              "A", "Driver", args.length == 0 ? "" : "Runnable r = () -> {};"))
                      .archive())
              .handlers();
      System.out.println("state " + handlers.status().get(0).state());
    }
  }

  @Test
  void theEclipseCompilerIsLoadedOnlyWhereItIsNeeded() throws Exception {
    String simple = run();
    String modern = run("modern");

    assertTrue(simple.contains("state LOADED"), simple);
    assertTrue(simple.contains("org.codehaus.janino"));
    assertFalse(simple.contains("org.eclipse.jdt"));
    assertTrue(modern.contains("state LOADED"));
    assertTrue(modern.contains("org.eclipse.jdt"));
  }

  private static String run(String... args) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classpath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(java, "-Xlog:class+load", "-cp", classpath, Main.class.getName());
    builder.command().addAll(List.of(args));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
