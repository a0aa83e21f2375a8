package iotbox.box.option;

import java.util.Map;
import java.util.Optional;

/**
 * Options that the box's page shows and does not keep, each with the reason, which says where to
 * turn. What protects the box is said by whoever starts it: a page that could keep it could take it
 * back, and a kept value that is no good any more would open what it was to close.
 */
final class SaidElsewhere {
  private static final String START = "Say this where the box is started: ";

  private static final Map<BoxOption, String> REASONS =
      Map.ofEntries(
          Map.entry(BoxOption.DEMO, START + "it makes another box of this one."),
          Map.entry(
              BoxOption.ODOO,
              "The pairing is kept by itself; pair with another Odoo under Pairing."),
          Map.entry(
              BoxOption.BIND,
              START + "an address that this machine loses would lock everybody out."),
          Map.entry(BoxOption.DATA, START + "what is kept here is in that folder."),
          Map.entry(BoxOption.IDENTIFIER, START + "to Odoo it would be another box."),
          Map.entry(BoxOption.PIN, "Choose the driver at the device, under Devices."),
          Map.entry(BoxOption.NO_PROBE, "Switch the asking off at the device, under Devices."),
          Map.entry(BoxOption.ALLOW_ORIGIN, "Allow sites under Network."),
          Map.entry(BoxOption.OWNER_PASSWORD_FILE, START + "it decides who is the owner."),
          Map.entry(BoxOption.INSECURE_ODOO, START + "it takes protection away."),
          Map.entry(
              BoxOption.REQUIRE_SIGNED_HANDLERS,
              START + "it protects the box from whoever gets hold of this page, too."),
          Map.entry(
              BoxOption.REQUIRE_SIGNED_REQUESTS,
              START + "it protects the box from whoever gets hold of this page, too."));

  private SaidElsewhere() {}

  /** Why it cannot be kept; empty if it can. */
  static Optional<String> reason(BoxOption option) {
    return Optional.ofNullable(REASONS.get(option));
  }
}
