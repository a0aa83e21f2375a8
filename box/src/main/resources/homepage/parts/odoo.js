// The connection with Odoo in words.
import { clock } from "./show.js";
import { t } from "../words.js";

/** How it is, and what to do next; the box itself adds why. */
export function odooWords(odoo) {
  if (odoo.state === "connected" && odoo.detail) {
    return t("odoo.troubled");
  }
  return t(odoo.pairingCode ? "odoo.code" : `odoo.${odoo.state}`);
}

/** The connection with Odoo's bus; null while there is no Odoo. */
export function busWords({ bus, state }) {
  if (state === "unpaired") {
    return null;
  }
  // Where Odoo itself is away, the words for that say what to do.
  const away = t(state === "connected" ? "odoo.bus.away" : "odoo.bus.off");
  const words = [bus.connected ? t("odoo.bus.since", { time: clock(bus.since) }) : away];
  if (bus.waiting > 0) {
    words.push(t("odoo.bus.waiting", { count: bus.waiting }));
  }
  if (bus.dropped > 0) {
    words.push(t("odoo.bus.dropped", { count: bus.dropped }));
  }
  return words.join("; ");
}
