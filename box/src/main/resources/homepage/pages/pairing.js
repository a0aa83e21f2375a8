// The connection with Odoo: how it is, what to do next, and what a person can do.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { Attempt } from "../parts/attempt.js";
import { insecure } from "../parts/insecure.js";
import { busWords, odooWords } from "../parts/odoo.js";
import { clock, facts, word } from "../parts/show.js";
import { t } from "../words.js";

const attempt = new Attempt();

function pair(event) {
  event.preventDefault();
  const { token } = event.target.elements;
  attempt.run(
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
}

function disconnect() {
  if (confirm(t("pairing.disconnect.sure"))) {
    attempt.run(t("shell.moment"), () => change("DELETE", "/api/pairing"), t("pairing.disconnected"));
  }
}

function code({ pairingCode }) {
  return pairingCode
    ? html`<p id="pairing-code-box" class="pairing-code">
        <span id="pairing-code-title">${t("pairing.code")}</span>
        <strong id="pairing-code" role="status" aria-labelledby="pairing-code-title pairing-code">${pairingCode}</strong>
      </p>`
    : nothing;
}

export const page = {
  title: "pairing.title",

  view({ status }) {
    const { odoo } = status;
    return html`
      ${insecure(status)}
      <section id="odoo" aria-labelledby="odoo-title">
        <h2 id="odoo-title">Odoo <span id="odoo-state" class="state" data-state=${odoo.state}>${word(odoo.state)}</span></h2>
        <p id="odoo-words">${odooWords(odoo)}</p>
        ${odoo.detail ? html`<p id="odoo-detail">${odoo.detail}</p>` : nothing}
        ${code(odoo)}
        <div id="odoo-facts">${facts([
          [t("pairing.server"), odoo.url],
          [t("pairing.told"), odoo.lastSync && clock(odoo.lastSync)],
          [t("pairing.bus"), busWords(odoo)],
        ])}</div>
        <form id="pairing" class="form" @submit=${pair}>
          <label for="token">${t("pairing.token")}</label>
          <div class="row">
            <input id="token" name="token" required autocomplete="off" autocapitalize="off" spellcheck="false"
              placeholder="https://my.odoo.com?token=…">
            <button id="pair" ?disabled=${attempt.busy}>${t("pairing.pair")}</button>
          </div>
        </form>
        ${attempt.view("odoo-answer")}
        <p class="row">
          <button id="disconnect" type="button" class="quiet" ?disabled=${odoo.state === "unpaired"} @click=${disconnect}>
            ${t("pairing.disconnect")}</button>
        </p>
      </section>`;
  },
};
