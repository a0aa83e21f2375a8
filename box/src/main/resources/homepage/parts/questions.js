// Which sites' pages may use the devices: the questions to the owner.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { state } from "../store.js";
import { t } from "../words.js";
import { Attempt } from "./attempt.js";

/** What became of the last answer. */
export const accessAttempt = new Attempt();

function answer(origin, allowed) {
  return accessAttempt.run(
    t("shell.moment"),
    () => change("POST", "/api/origins", { origin, allowed }),
    t(allowed ? "access.allowed" : "access.refused", { origin }),
  );
}

function question({ origin }) {
  return html`<li data-origin=${origin}>
    <p>${t("access.question", { origin })}</p>
    <p class="row">
      <button type="button" aria-label=${t("access.allow.label", { origin })} @click=${() => answer(origin, true)}>${t("access.allow")}</button>
      <button type="button" class="quiet" aria-label=${t("access.refuse.label", { origin })} @click=${() => answer(origin, false)}>${t("access.refuse")}</button>
    </p>
  </li>`;
}

/** The questions that wait for an answer. */
export function asking() {
  return state.status.access.origins.filter((each) => each.state === "asking");
}

/** Those questions with their buttons, and what became of the last one. */
export function questions() {
  const open = asking();
  return html`
    <ul id="questions" class="questions" aria-live="polite">${open.length > 0 ? open.map(question) : nothing}</ul>
    ${accessAttempt.view("access-answer")}`;
}
