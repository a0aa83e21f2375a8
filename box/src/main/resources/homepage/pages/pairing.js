// The connection with Odoo: how it is, what to do next, and what a person can do.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { insecure } from "../parts/insecure.js";
import { busWords, odooWords } from "../parts/odoo.js";
import { pairing, pairingAnswer, pairingCode, pairingForm } from "../parts/pair.js";
import { reach } from "../parts/reach.js";
import { facts, moment, word } from "../parts/show.js";
import { t } from "../words.js";

function disconnect() {
  if (confirm(t("pairing.disconnect.sure"))) {
    pairing.run(t("shell.moment"), () => change("DELETE", "/api/pairing"), t("pairing.disconnected"));
  }
}

/** The box's address as a code for cameras; another address has another picture. */
function picture(address) {
  return `/homepage/address.svg?${encodeURIComponent(address)}`;
}

function elsewhere(status) {
  const now = reach(status);
  if (!now) {
    return nothing;
  }
  return html`<section id="elsewhere" aria-labelledby="elsewhere-title">
    <h2 id="elsewhere-title">${t("pairing.elsewhere")}</h2>
    <div class="code-and-words">
      <img id="address-code" class="qr" src=${picture(now.address)} width="176" height="176"
        alt=${t("pairing.qr", { address: now.address })}>
      <div>
        <p>${t(now.reachable ? "pairing.elsewhere.words" : "pairing.elsewhere.local")}</p>
        <p><a id="address" href=${now.address}>${now.address}</a></p>
      </div>
    </div>
  </section>`;
}

export const page = {
  title: "pairing.title",

  closed() {
    pairing.say("");
  },

  view({ status }) {
    const { odoo } = status;
    const unpaired = odoo.state === "unpaired";
    return html`
      ${insecure(status)}
      <section id="odoo" aria-labelledby="odoo-title">
        <h2 id="odoo-title">Odoo <span id="odoo-state" class="state" data-state=${odoo.state}>${word(odoo.state)}</span></h2>
        <p id="odoo-words">${unpaired ? t(odoo.pairingCode ? "pairing.here.code" : "pairing.here") : odooWords(odoo)}</p>
        ${odoo.detail ? html`<p id="odoo-detail">${odoo.detail}</p>` : nothing}
        ${pairingCode(odoo)}
        <div id="odoo-facts">${facts([
          [t("pairing.server"), odoo.url],
          [t("pairing.told"), odoo.lastSync && moment(odoo.lastSync)],
          [t("pairing.bus"), busWords(odoo)],
        ])}</div>
        ${unpaired ? nothing : html`<h3>${t("pairing.other")}</h3><p class="detail">${t("pairing.other.words")}</p>`}
        ${pairingForm()}
        ${pairingAnswer()}
        <p class="row">
          <button id="disconnect" type="button" class="quiet" ?disabled=${unpaired || pairing.busy} @click=${disconnect}>
            ${t("pairing.disconnect")}</button>
        </p>
      </section>
      ${elsewhere(status)}`;
  },
};
