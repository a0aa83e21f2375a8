package iotbox.box.command.skeleton;

import iotbox.box.option.BoxVersion;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Files to begin with, which compile, are tested, and can be filled in. Immutable.
 *
 * @param folder of the module
 * @param templates by the path of the file that is made of them, below the folder
 * @param values what is filled into the templates
 */
public record Skeleton(Path folder, Map<String, String> templates, Map<String, String> values) {
  private static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern CONNECTION = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String DRIVERS = "iot_handlers/drivers";
  private static final String INTERFACES = "iot_handlers/interfaces";

  /** Odoo's server drops a device with a type or a connection that it does not know. */
  private static final List<String> TYPES =
      List.of(
          "device",
          "scale",
          "scanner",
          "printer",
          "display",
          "payment",
          "camera",
          "keyboard",
          "fiscal_data_module");

  private static final Set<String> CONNECTIONS =
      Set.of("network", "direct", "bluetooth", "serial", "hdmi");

  /**
   * A new module.
   *
   * @param folder need not exist
   * @throws SkeletonException if a module cannot have its name
   */
  public static Skeleton module(Path folder) throws SkeletonException {
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    if (!MODULE.matcher(name).matches()) {
      throw new SkeletonException(
          "\""
              + name
              + "\" cannot be the name of an Odoo module: write small letters, digits and _, such"
              + " as shop_devices.");
    }
    String title = name.replace('_', ' ').strip();
    Map<String, String> templates = new LinkedHashMap<>();
    templates.put("__manifest__.py", "manifest.py");
    templates.put("__init__.py", "init.py");
    templates.put("README.md", "README.md");
    templates.put("pom.xml", "pom.xml");
    templates.put(".gitignore", "gitignore");
    return new Skeleton(
        folder,
        templates,
        Map.of(
            "module",
            name,
            "folder",
            folder.toString(),
            "Title",
            title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
            "version",
            BoxVersion.number()));
  }

  /**
   * A new driver, with a test and, where it talks on a line, a device to talk with.
   *
   * @param module its folder
   * @param type Odoo's word for what it is
   * @throws SkeletonException if there is no such module, or one of the words cannot be
   */
  public static Skeleton driver(Path module, String written, String connection, String type)
      throws SkeletonException {
    checkModule(module);
    checkConnection(connection);
    if (!TYPES.contains(type)) {
      throw new SkeletonException(
          "Odoo knows no device type \"" + type + "\"; it knows " + String.join(", ", TYPES) + ".");
    }
    HandlerName name = HandlerName.of(written);
    String kind =
        switch (connection) {
          case "serial" -> type.equals("scale") ? "SerialScale" : "SerialDriver";
          case "network" -> "NetworkDriver";
          default -> "PlainDriver";
        };
    Map<String, String> templates = new LinkedHashMap<>();
    templates.put(DRIVERS + "/" + name.className() + ".java", kind + ".java");
    templates.put(test(name), kind + "Test.java");
    if (!kind.equals("PlainDriver")) {
      String ending = connection.equals("network") ? ".tcp.line" : ".line";
      templates.put("tests/devices/" + name.fileName() + ending, kind + ".line");
    }
    return new Skeleton(module, templates, values(name, connection, type));
  }

  /**
   * A new interface, with a test.
   *
   * @param module its folder
   * @throws SkeletonException if there is no such module, or one of the words cannot be
   */
  public static Skeleton anInterface(Path module, String written, String connection)
      throws SkeletonException {
    checkModule(module);
    checkConnection(connection);
    HandlerName name = HandlerName.of(written);
    String kind = connection.equals("network") ? "NetworkInterface" : "PlainInterface";
    Map<String, String> templates = new LinkedHashMap<>();
    templates.put(INTERFACES + "/" + name.className() + ".java", kind + ".java");
    templates.put(test(name), kind + "Test.java");
    return new Skeleton(module, templates, values(name, connection, ""));
  }

  private static String test(HandlerName name) {
    return "tests/java/" + name.className() + "Test.java";
  }

  private static Map<String, String> values(HandlerName name, String connection, String type) {
    return Map.of(
        "Name", name.className(),
        "NAME", name.constant(),
        "snake", name.fileName(),
        "Title", name.title(),
        "connection", connection,
        "deviceConnection", CONNECTIONS.contains(connection) ? connection : "direct",
        "type", type);
  }

  private static void checkModule(Path module) throws SkeletonException {
    if (!Files.isRegularFile(module.resolve("__manifest__.py"))) {
      throw new SkeletonException(
          (module.toString().isEmpty() ? "This folder" : module.toString())
              + " is no Odoo module, as it has no __manifest__.py; name one with --module, or make"
              + " one with: new module <folder>.");
    }
  }

  private static void checkConnection(String connection) throws SkeletonException {
    if (!CONNECTION.matcher(connection).matches()) {
      throw new SkeletonException(
          "\""
              + connection
              + "\" cannot be a connection type: write serial, network, or a word of your own in"
              + " small letters.");
    }
  }

  /**
   * Writes the files; none if one of them exists.
   *
   * @return what was written
   * @throws SkeletonException if a file exists or cannot be written
   */
  public List<Path> write() throws SkeletonException {
    List<String> there =
        templates.keySet().stream().filter(path -> Files.exists(folder.resolve(path))).toList();
    if (!there.isEmpty()) {
      throw new SkeletonException(
          "Nothing was written, as "
              + String.join(" and ", there.stream().map(this::shown).toList())
              + (there.size() == 1 ? " exists" : " exist")
              + " already; use another name, or move what is there away.");
    }
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, String> each : templates.entrySet()) {
      Path file = folder.resolve(each.getKey());
      String text = Template.filled(each.getValue(), values);
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        throw new SkeletonException(e.getFile() + " exists already; it is left as it is.");
      } catch (IOException e) {
        throw new SkeletonException(file + " cannot be written: " + e + ".");
      }
      written.add(file);
    }
    return written;
  }

  private String shown(String path) {
    return folder.resolve(path).toString();
  }
}
