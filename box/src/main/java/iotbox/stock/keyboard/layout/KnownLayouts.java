package iotbox.stock.keyboard.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The layouts that xkb's list knows, in Odoo's form: {@code name} for people, {@code layout}, and
 * {@code variant} where it is one (protocol section 1.5).
 */
public final class KnownLayouts {
  private static final String XKB = "/usr/share/X11/xkb";

  private KnownLayouts() {}

  /** The list of this system. */
  public static Path file() {
    return Path.of(XKB, "rules", "evdev.xml");
  }

  /**
   * Reads a list: each layout, followed by its variants. Some hundred, in some hundredths of a
   * second.
   *
   * @throws IOException if there is no such file, or it is none of xkb's
   */
  public static List<Map<String, String>> in(Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream bytes = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(bytes);
      try {
        return layouts(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new IOException(file + " cannot be understood: " + e.getMessage(), e);
    }
  }

  /** Only what is in a configItem of a layout or a variant has to do with one. */
  private static List<Map<String, String>> layouts(XMLStreamReader xml) throws XMLStreamException {
    List<Map<String, String>> layouts = new ArrayList<>();
    String layout = null;
    boolean variant = false;
    boolean item = false;
    String name = null;
    String description = null;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "layout" -> layout = "";
          case "variant" -> variant = true;
          case "configItem" -> item = layout != null;
          case "name" -> name = item ? xml.getElementText().strip() : null;
          case "description" -> description = item ? xml.getElementText().strip() : null;
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        switch (xml.getLocalName()) {
          case "layout" -> layout = null;
          case "variant" -> variant = false;
          case "configItem" -> {
            if (item && name != null && description != null) {
              layout = variant ? layout : name;
              layouts.add(entry(description, layout, variant ? name : null));
            }
            item = false;
          }
          default -> {}
        }
      }
    }
    return layouts;
  }

  private static Map<String, String> entry(String name, String layout, String variant) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("layout", layout);
    if (variant != null) {
      entry.put("variant", variant);
    }
    return entry;
  }
}
