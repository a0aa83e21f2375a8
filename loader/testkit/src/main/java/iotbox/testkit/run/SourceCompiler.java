package iotbox.testkit.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles handlers together with their tests by the JDK's compiler, since tests may use classes of
 * handlers directly. (A kit compiles the handlers once more, as a box does.)
 */
final class SourceCompiler {
  private final ModuleSources sources;
  private final Function<Path, String> shown;

  /**
   * @param shown how a file is called in messages
   */
  SourceCompiler(ModuleSources sources, Function<Path, String> shown) {
    this.sources = sources;
    this.shown = shown;
  }

  /** A file whose class may have another name, as {@code Foo_L.java} has. */
  private static final class Source extends SimpleJavaFileObject {
    private final Path file;

    Source(Path file) {
      super(file.toUri(), Kind.SOURCE);
      this.file = file;
    }

    @Override
    public boolean isNameCompatible(String name, Kind kind) {
      return kind == Kind.SOURCE;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) throws IOException {
      return Files.readString(file);
    }
  }

  /**
   * Compiles into this folder.
   *
   * @return the errors, {@code file:line:column: error: message}
   * @throws IOException if there is no compiler
   */
  List<String> into(Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("this Java has no compiler; install a JDK");
    }
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of("-d", folder.toString(), "-g", "-proc:none", "-nowarn", "-cp", classPath());
    List<Source> files = sources.all().stream().map(Source::new).toList();
    compiler
        .getTask(
            null,
            compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8),
            found,
            options,
            null,
            files)
        .call();
    List<String> errors = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
      if (each.getKind() == Diagnostic.Kind.ERROR) {
        errors.add(told(each));
      }
    }
    return errors;
  }

  private String told(Diagnostic<? extends JavaFileObject> error) {
    String message =
        error.getMessage(Locale.ROOT).lines().map(String::strip).collect(Collectors.joining("; "));
    return error.getSource() instanceof Source source
        ? shown.apply(source.file)
            + ":"
            + Math.max(1, error.getLineNumber())
            + ":"
            + Math.max(1, error.getColumnNumber())
            + ": error: "
            + message
        : "error: " + message;
  }

  private String classPath() {
    StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
    sources.libraries().forEach(library -> path.append(File.pathSeparator).append(library));
    return path.toString();
  }
}
