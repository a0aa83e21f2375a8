// How a device comes by its driver, and a person's decision about it.
import { html, nothing } from "../lib/lit-html.js";
import { live } from "../lib/directives/live.js";
import { change } from "../api.js";
import { state } from "../store.js";
import { t } from "../words.js";
import { clock } from "./show.js";
import { Attempt } from "./attempt.js";

const attempt = new Attempt();

/** The drivers that may have the device. */
function drivers({ connectionType, pin }) {
  const known = state.status.handlers
    .filter((each) => each.kind === "driver" && each.className && each.connectionType === connectionType)
    .map((each) => each.className)
    .sort();
  return pin && !known.includes(pin.driver) ? [pin.driver, ...known] : known;
}

function words({ pin, probing }) {
  return [
    pin?.by === "option" ? t("selection.fixed", pin) : "",
    probing.by === "option" ? t("selection.left") : "",
    probing.next ? t("selection.again", { time: clock(probing.next) }) : "",
  ]
    .filter((each) => each !== "")
    .join(" ");
}

/** The form for that. */
export function selection(device) {
  const { identifier, pin, probing } = device;
  const decide = (what, decision) =>
    attempt.run("", () => change("POST", `/api/devices/${what}`, { identifier, ...decision }), "");
  const said = words(device);
  return html`<div data-role="selection" class="form">
    <label for="pin">${t("selection.driver")}</label>
    <select id="pin" data-role="pin" ?disabled=${pin?.by === "option"}
      @change=${(event) => decide("pin", { driver: event.target.value || null })}>
      <option value="" .selected=${live(!pin)}>${t("selection.any")}</option>
      ${drivers(device).map(
        (name) => html`<option value=${name} .selected=${live(name === pin?.driver)}>${name}</option>`,
      )}
    </select>
    <label class="check"><input type="checkbox" data-role="probe" ?disabled=${probing.by === "option"}
      .checked=${live(probing.allowed)} @change=${(event) => decide("probing", { probe: event.target.checked })}>
      ${t("selection.probe")}</label>
    ${said ? html`<p data-role="selection-words" class="detail">${said}</p>` : nothing}
    ${attempt.view("selection-answer")}
  </div>`;
}
