// Pairing the box with an Odoo: by a token that somebody pastes, or by a code.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { t } from "../words.js";
import { Attempt } from "./attempt.js";

/** What became of the last attempt to pair or to disconnect. */
export const pairing = new Attempt();

async function pair(event) {
  event.preventDefault();
  const { token } = event.target.elements;
  const paired = await pairing.run(
    t("pairing.trying"),
    async () => {
      try {
        await change("POST", "/api/pairing", { token: token.value });
      } catch (refusal) {
        throw new Error(`${t("pairing.unchanged")} ${refusal.message}`);
      }
      token.value = "";
    },
    t("pairing.accepted"),
  );
  if (!paired) {
    token.focus(); // To be mended; it leaves the page with the field.
  }
}

/** Where the token is pasted. */
export function pairingForm() {
  return html`<form id="pairing" class="form" @submit=${pair}>
    <label for="token">${t("pairing.token")}</label>
    <div class="row">
      <input id="token" name="token" required autocomplete="off" autocapitalize="off" spellcheck="false"
        aria-describedby="odoo-answer" aria-invalid=${pairing.kind === "refusal"}
        placeholder="https://my.odoo.com?token=…">
      <button id="pair" ?disabled=${pairing.busy}>${t("pairing.pair")}</button>
    </div>
  </form>`;
}

/** What came of it. */
export function pairingAnswer() {
  return pairing.view("odoo-answer");
}

/** The code, while there is one. */
export function pairingCode({ pairingCode: code }) {
  return code
    ? html`<p id="pairing-code-box" class="pairing-code">
        <span id="pairing-code-title">${t("pairing.code")}</span>
        <strong id="pairing-code" role="status" aria-labelledby="pairing-code-title pairing-code">${code}</strong>
      </p>`
    : nothing;
}
