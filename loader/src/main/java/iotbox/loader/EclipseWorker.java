package iotbox.loader;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program of the process in which the Eclipse compiler runs: reads groups from its input,
 * writes classes or errors to its output, and ends when nobody has asked for a while.
 */
public final class EclipseWorker {
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_MILLIS = 5;

  private final EclipseCompiler compiler = new EclipseCompiler();
  private VisibleClasses visible;

  private EclipseWorker() {}

  /**
   * Not for people; {@link EclipseProcess} starts it. With the names of source files it compiles
   * them and ends, by which the JVM gets to know what classes that takes.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0) {
      System.out.println(new EclipseWorker().rehearse(arguments));
    } else {
      new EclipseWorker().serve();
    }
  }

  private String rehearse(String[] paths) throws IOException {
    List<HandlerFile> files = new ArrayList<>();
    for (String path : paths) {
      files.add(new HandlerFile(path, Files.readAllBytes(Path.of(path))));
    }
    EclipseWire.Answer answer = compile(new EclipseWire.Request(List.of(), Map.of(), files));
    return answer.died() != null
        ? answer.died()
        : answer.errors() + " " + answer.classes().keySet();
  }

  private void serve() throws IOException, InterruptedException {
    PrintStream answers = System.out;
    System.setOut(System.err); // Nothing else may get between the answers.
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(answers, 1 << 16));
    out.writeByte(1);
    out.flush();
    while (isAsked(in)) {
      compile(EclipseWire.Request.read(in)).write(out);
    }
  }

  /** Waits for the next group; the end of the box looks like nobody asking, too. */
  private static boolean isAsked(InputStream in) throws IOException, InterruptedException {
    long since = System.nanoTime();
    while (in.available() == 0) {
      if (System.nanoTime() - since > IDLE_NANOS) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return true;
  }

  private EclipseWire.Answer compile(EclipseWire.Request request) {
    try {
      if (visible == null || !visible.packages().equals(request.packages())) {
        visible = new VisibleClasses(EclipseWorker.class.getClassLoader(), request.packages());
      }
      Classpath classpath =
          new Classpath(visible, new LibraryClassLoader(request.libraries(), visible.loader()));
      List<SourceFile> files = request.files().stream().map(SourceFile::of).toList();
      CompiledGroup compiled = compiler.compile(files, classpath);
      Map<String, List<Diagnostic>> errors = new LinkedHashMap<>();
      compiled.errors().forEach((file, diagnostics) -> errors.put(file.path(), diagnostics));
      return new EclipseWire.Answer(compiled.classes(), errors, null);
    } catch (RuntimeException
        | AssertionError
        | StackOverflowError
        | OutOfMemoryError
        | LinkageError e) {
      return new EclipseWire.Answer(Map.of(), Map.of(), e.toString());
    }
  }
}
