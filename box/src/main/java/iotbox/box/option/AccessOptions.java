package iotbox.box.option;

import iotbox.box.access.AllowedOrigins;
import iotbox.box.access.GivenPassword;
import iotbox.box.access.Hosts;
import java.nio.file.Path;
import java.util.List;

/**
 * Who may do what with the box, as far as it is said in advance.
 *
 * @param hosts names by which browsers may call it, besides those that it has anyway
 * @param origins sites whose pages may use the devices, besides the paired Odoo's
 * @param passwordFile a file with the owner's password, or {@code null} for one that the box keeps
 */
public record AccessOptions(List<String> hosts, AllowedOrigins origins, Path passwordFile) {
  static AccessOptions of(OptionValues values) throws StartupException {
    return new AccessOptions(
        hosts(values.texts(BoxOption.ALLOW_HOST)),
        origins(values.texts(BoxOption.ALLOW_ORIGIN)),
        passwordFile(values.file(BoxOption.OWNER_PASSWORD_FILE)));
  }

  private static List<String> hosts(List<String> hosts) throws StartupException {
    for (String host : hosts) {
      if (!Hosts.isName(host)) {
        throw new StartupException(
            BoxOption.ALLOW_HOST
                + " needs a name without a port, such as box.shop.example or *.shop.example, not "
                + OptionValues.quoted(host)
                + ".");
      }
    }
    return hosts;
  }

  private static AllowedOrigins origins(List<String> origins) throws StartupException {
    try {
      return AllowedOrigins.of(origins);
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          BoxOption.ALLOW_ORIGIN
              + " needs a site without a path, such as https://my.odoo.com or"
              + " http://192.168.1.9:8069, or * for all, not "
              + OptionValues.quoted(e.getMessage())
              + ".");
    }
  }

  private static Path passwordFile(Path file) throws StartupException {
    String problem = file == null ? null : GivenPassword.problem(file);
    if (problem != null) {
      throw new StartupException(BoxOption.OWNER_PASSWORD_FILE + ": " + file + " " + problem + ".");
    }
    return file;
  }
}
