package iotbox.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The JDK's compiler: the referee of the other two. */
final class Javac implements GroupCompiler {
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files =
      compiler.getStandardFileManager(d -> {}, null, null);

  @Override
  public CompiledGroup compile(List<SourceFile> sources, Classpath classpath) {
    Map<String, ByteArrayOutputStream> made = new HashMap<>();
    JavaFileManager memory =
        new ForwardingJavaFileManager<>(this.files) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling)
              throws IOException {
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('$', '_')), kind) {
              @Override
              public OutputStream openOutputStream() {
                return made.computeIfAbsent(name, n -> new ByteArrayOutputStream());
              }
            };
          }
        };
    List<JavaFileObject> units =
        sources.stream()
            .<JavaFileObject>map(
                file ->
                    new SimpleJavaFileObject(
                        URI.create("mem:///" + file.fileName()), JavaFileObject.Kind.SOURCE) {
                      @Override
                      public CharSequence getCharContent(boolean ignoreErrors) {
                        return file.text();
                      }
                    })
            .toList();
    StringBuilder errors = new StringBuilder();
    boolean compiled =
        compiler
            .getTask(
                null,
                memory,
                diagnostic -> errors.append(diagnostic).append('\n'),
                List.of("-nowarn", "-source", "17", "-target", "17", "-proc:none", "-g"),
                null,
                units)
            .call();
    Map<String, byte[]> classes = new HashMap<>();
    made.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return compiled
        ? CompiledGroup.of(HandlerStatus.Compiler.BUILTIN, classes)
        : CompiledGroup.refused(
            HandlerStatus.Compiler.BUILTIN,
            Map.of(sources.get(0), List.of(Diagnostic.error(errors.toString()))));
  }
}
