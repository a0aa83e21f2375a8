// What a device said last.
import { html, nothing } from "../lib/lit-html.js";
import { state } from "../store.js";
import { said, short } from "./show.js";

/** That, with its unit where it told one. */
export function value(identifier) {
  const { value: last, unit } = state.heard.get(identifier) ?? {};
  return html`<p class="value"><span data-role="value">${said(last) ? short(last) : "–"}</span>
    ${said(last) && unit ? html`<span class="unit">${unit}</span>` : nothing}</p>`;
}
