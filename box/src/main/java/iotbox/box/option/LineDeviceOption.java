package iotbox.box.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import iotbox.box.json.Json;
import iotbox.stock.line.LineSettings;
import iotbox.stock.line.LineSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code --line-device} names: ports, and files that say how their lines are read. */
final class LineDeviceOption {
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private LineDeviceOption() {}

  /** The fields by port. */
  static Map<String, Map<String, Object>> read(List<String> given) throws StartupException {
    Map<String, Map<String, Object>> lines = new LinkedHashMap<>();
    for (String each : given) {
      int equals = each.lastIndexOf('=');
      if (equals < 1 || equals == each.length() - 1) {
        throw new StartupException(
            BoxOption.LINE_DEVICE
                + " needs a serial port and a file, such as /dev/ttyUSB0=/etc/iotbox/scale.json, not "
                + OptionValues.quoted(each)
                + ".");
      }
      String name = each.substring(equals + 1);
      lines.put(
          each.substring(0, equals), fields(OptionValues.file(BoxOption.LINE_DEVICE, name), name));
    }
    return lines;
  }

  private static Map<String, Object> fields(Path file, String name) throws StartupException {
    try {
      Map<String, Object> fields = Json.MAPPER.readValue(Files.readString(file), FIELDS);
      if (fields == null) {
        throw new StartupException(BoxOption.LINE_DEVICE + ": " + name + " holds nothing.");
      }
      LineSettings.of(fields);
      return fields;
    } catch (LineSettingsException e) {
      throw new StartupException(
          BoxOption.LINE_DEVICE + ": " + name + " cannot be used. " + said(e.problems()));
    } catch (JsonProcessingException e) {
      throw new StartupException(
          BoxOption.LINE_DEVICE
              + ": "
              + name
              + " is no JSON object: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + ".");
    } catch (IOException e) {
      throw new StartupException(
          BoxOption.LINE_DEVICE + ": " + name + " cannot be read: " + e.getMessage() + ".");
    }
  }

  private static String said(Map<String, String> problems) {
    StringBuilder text = new StringBuilder();
    problems.forEach(
        (field, problem) -> text.append(field).append(": ").append(problem).append(' '));
    return text.toString().strip();
  }
}
