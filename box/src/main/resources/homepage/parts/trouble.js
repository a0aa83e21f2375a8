import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { t } from "../words.js";
import { Attempt } from "./attempt.js";

const TROUBLED = ["failed", "stalled", "quarantined", "unsupported"];

/** Whether this device or interface of the status gives trouble. */
export function troubled(entry) {
  return TROUBLED.includes(entry.state) || entry.faults > 0;
}

/** By what is tried again. */
const attempts = new Map();

/** A button that has what gives trouble tried again at once; {identifier} of a device or {interface}. */
export function retry(target) {
  const key = JSON.stringify(target);
  const attempt = attempts.get(key) ?? new Attempt();
  attempts.set(key, attempt);
  const again = () => attempt.run("", () => change("POST", "/api/devices/retry", target), t("trouble.retried"));
  return html`
    <button type="button" class="quiet" data-role="retry" ?disabled=${attempt.busy} @click=${again}>
      ${t("trouble.retry")}</button>
    ${attempt.view(`retry-${key.replace(/\W/g, "-")}`)}`;
}

/** Where an entry of the status hangs. */
export function stack(entry) {
  return entry.stack.length === 0
    ? nothing
    : html`<details>
        <summary>${t("trouble.stack")}</summary>
        <pre data-role="stack" tabindex="0">${entry.stack.join("\n")}</pre>
      </details>`;
}

/** All of it, for an entry of the status that gives trouble. */
export function trouble(entry, target) {
  return troubled(entry) ? html`<div data-role="trouble">${stack(entry)}${retry(target)}</div>` : nothing;
}
