package iotbox.loader;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link EclipseProcess} and {@link EclipseWorker} say to each other. Both are of the same
 * build, so there are no versions.
 */
final class EclipseWire {
  private EclipseWire() {}

  /** A group to compile, with all that its class path consists of. */
  record Request(List<String> packages, Map<String, byte[]> libraries, List<HandlerFile> files) {
    void write(DataOutputStream out) throws IOException {
      out.writeInt(packages.size());
      for (String name : packages) {
        out.writeUTF(name);
      }
      writeContents(out, libraries);
      out.writeInt(files.size());
      for (HandlerFile file : files) {
        out.writeUTF(file.path());
        writeBytes(out, file.content());
      }
      out.flush();
    }

    static Request read(DataInputStream in) throws IOException {
      int packages = in.readInt();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < packages; i++) {
        names.add(in.readUTF());
      }
      Map<String, byte[]> libraries = readContents(in);
      int count = in.readInt();
      List<HandlerFile> files = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        files.add(new HandlerFile(in.readUTF(), readBytes(in)));
      }
      return new Request(names, libraries, files);
    }
  }

  /**
   * What came of it.
   *
   * @param died the error's class and message if the compiler itself gave up, else {@code null}
   */
  record Answer(Map<String, byte[]> classes, Map<String, List<Diagnostic>> errors, String died) {
    void write(DataOutputStream out) throws IOException {
      out.writeBoolean(died != null);
      if (died != null) {
        out.writeUTF(died);
      }
      writeContents(out, classes);
      out.writeInt(errors.size());
      for (Map.Entry<String, List<Diagnostic>> file : errors.entrySet()) {
        out.writeUTF(file.getKey());
        out.writeInt(file.getValue().size());
        for (Diagnostic diagnostic : file.getValue()) {
          out.writeInt(diagnostic.line());
          out.writeInt(diagnostic.column());
          writeBytes(out, diagnostic.message().getBytes(StandardCharsets.UTF_8));
        }
      }
      out.flush();
    }

    static Answer read(DataInputStream in) throws IOException {
      String died = in.readBoolean() ? in.readUTF() : null;
      Map<String, byte[]> classes = readContents(in);
      int files = in.readInt();
      Map<String, List<Diagnostic>> errors = new LinkedHashMap<>();
      for (int i = 0; i < files; i++) {
        String path = in.readUTF();
        int count = in.readInt();
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (int j = 0; j < count; j++) {
          int line = in.readInt();
          int column = in.readInt();
          String message = new String(readBytes(in), StandardCharsets.UTF_8);
          diagnostics.add(Diagnostic.error(line, column, message));
        }
        errors.put(path, diagnostics);
      }
      return new Answer(classes, errors, died);
    }
  }

  private static void writeContents(DataOutputStream out, Map<String, byte[]> contents)
      throws IOException {
    out.writeInt(contents.size());
    for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
      out.writeUTF(entry.getKey());
      writeBytes(out, entry.getValue());
    }
  }

  private static Map<String, byte[]> readContents(DataInputStream in) throws IOException {
    int count = in.readInt();
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      contents.put(in.readUTF(), readBytes(in));
    }
    return contents;
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
