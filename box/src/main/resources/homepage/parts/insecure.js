import { html, nothing } from "../lib/lit-html.js";
import { t } from "../words.js";

/** A warning where the box takes any certificate for Odoo's. */
export function insecure({ odoo }) {
  return odoo.insecure ? html`<p id="odoo-insecure" class="warning" role="alert">${t("odoo.insecure")}</p>` : nothing;
}
