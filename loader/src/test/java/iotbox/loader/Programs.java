package iotbox.loader;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small Java programs that a compiler may get wrong, and how to run them. */
final class Programs {
  static final VisibleClasses VISIBLE =
      new VisibleClasses(Programs.class.getClassLoader(), List.of());

  private Programs() {}

  /** Sources of a class {@code P} with {@code static String run()}, by name. */
  static Map<String, String> all() {
    Map<String, String> programs = new LinkedHashMap<>();
    try (InputStream in = Programs.class.getResourceAsStream("programs.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : text.split("(?m)^## ")) {
        if (!part.isBlank()) {
          int end = part.indexOf('\n');
          programs.put(part.substring(0, end), source(part.substring(end + 1)));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return programs;
  }

  /** The statements of {@code run()}, and after a line of dashes the other members. */
  static String source(String text) {
    String[] parts = text.split("(?m)^---\n");
    StringBuilder source = new StringBuilder("public class P {\n");
    source.append("static StringBuilder o = new StringBuilder();\n");
    for (String type : List.of("Object", "int", "long", "char", "boolean", "double", "float")) {
      source.append("static void put(" + type + " x) { o.append(x).append(' '); }\n");
    }
    source.append("public static String run() throws Exception {\n").append(parts[0]);
    source.append("return o.toString();\n}\n");
    return source.append(parts.length > 1 ? parts[1] : "").append("}\n").toString();
  }

  static SourceFile file(String path, String source) {
    return SourceFile.of(new HandlerFile(path, source.getBytes(StandardCharsets.UTF_8)));
  }

  static Classpath classpath() {
    return new Classpath(VISIBLE, new LibraryClassLoader(Map.of(), VISIBLE.loader()));
  }

  /** What the program answers, or why it does not; never throws. */
  static String outcome(GroupCompiler compiler, String source) {
    CompiledGroup group;
    Classpath classpath = classpath();
    try {
      group = compiler.compile(List.of(file("P.java", source)), classpath);
    } catch (RuntimeException | StackOverflowError e) {
      java.io.StringWriter w = new java.io.StringWriter();
      if (Boolean.getBoolean("trace")) e.printStackTrace();
      return "refused: " + e;
    }
    if (!group.errors().isEmpty()) {
      List<String> messages = new ArrayList<>();
      group.errors().values().forEach(all -> all.forEach(d -> messages.add(d.toString())));
      return "refused: " + messages;
    }
    try {
      return "answers: "
          + new HandlerClassLoader("P", group.classes(), classpath.loader())
              .loadClass("P")
              .getMethod("run")
              .invoke(null);
    } catch (InvocationTargetException e) {
      return "throws: " + e.getCause();
    } catch (ReflectiveOperationException | LinkageError e) {
      return "does not link: " + e;
    }
  }
}
