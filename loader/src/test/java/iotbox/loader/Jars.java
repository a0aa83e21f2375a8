package iotbox.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small jars. */
final class Jars {
  private Jars() {}

  /** A jar with a public class that has these members. */
  static byte[] withClass(String name, String members) throws IOException {
    return jar(name, compile(name, "", members));
  }

  /** A jar with a public class whose superclass is not in it. */
  static byte[] withSubclass(String name, String parent) throws IOException {
    String parentName = parent.substring(parent.lastIndexOf('.') + 1);
    Map<String, byte[]> classes =
        compile(name, "extends " + parentName, "} class " + parentName + " {");
    return jar(name, Map.of(name, classes.get(name)));
  }

  private static Map<String, byte[]> compile(String name, String header, String members) {
    int dot = name.lastIndexOf('.');
    String source =
        "package "
            + name.substring(0, dot)
            + "; public class "
            + name.substring(dot + 1)
            + " "
            + header
            + " { "
            + members
            + " }";
    CompiledGroup group =
        new EclipseCompiler()
            .compile(List.of(Programs.file("X.java", source)), Programs.classpath());
    if (!group.errors().isEmpty()) {
      throw new IllegalStateException(group.errors().toString());
    }
    return group.classes();
  }

  private static byte[] jar(String name, Map<String, byte[]> classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> type : classes.entrySet()) {
        zip.putNextEntry(new ZipEntry(type.getKey().replace('.', '/') + ".class"));
        zip.write(type.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
