package iotbox.box;

import iotbox.box.access.Hosts;
import java.util.List;

/**
 * Who may do what with the box, as far as it is said in advance.
 *
 * @param hosts names by which browsers may call it, besides those that it has anyway
 */
record AccessOptions(List<String> hosts) {
  static AccessOptions of(OptionValues values) throws StartupException {
    List<String> hosts = values.texts(BoxOption.ALLOW_HOST);
    for (String host : hosts) {
      if (!Hosts.isName(host)) {
        throw new StartupException(
            BoxOption.ALLOW_HOST
                + " needs a name without a port, such as box.shop.example or *.shop.example, not "
                + OptionValues.quoted(host)
                + ".");
      }
    }
    return new AccessOptions(hosts);
  }
}
