// What a customers' display shows while Odoo has nothing for it: how the box is, and what to do next.
import { html, nothing, render } from "./lib/lit-html.js";
import { get } from "./api.js";
import { goLive } from "./live.js";
import { drawWith, redraw, state } from "./store.js";
import { loadWords, t } from "./words.js";

const NETWORK_MILLIS = 10_000;
const AGAIN_MILLIS = 2000;

/** Which display this is; empty where a person looks at the page elsewhere. */
const display = new URLSearchParams(location.search).get("display") ?? "";

/** GET /api/network; null until the first answer. */
let network = null;

/** Changes with the address, so that the picture is loaded again. */
function picture() {
  return `/homepage/address.svg?${encodeURIComponent(network.address)}`;
}

async function lookAtNetwork() {
  try {
    network = await get("/api/network");
    redraw();
  } catch {
    // The state tells that the box does not answer.
  }
}

function code({ pairingCode }) {
  return html`<p class="code" aria-label=${t("pairing.code")}>${[...pairingCode].map((each) => html`<span>${each}</span>`)}</p>`;
}

function next(odoo) {
  if (odoo.state === "unpaired") {
    return html`<p>${t(odoo.pairingCode ? "display.next.code" : "display.next.unpaired")}</p>
      ${odoo.pairingCode ? code(odoo) : nothing}`;
  }
  const words = odoo.state === "connected" && display ? t("display.next.connected", { display }) : t(`odoo.${odoo.state}`);
  return html`<p>${words}</p>${odoo.url ? html`<p class="server">${new URL(odoo.url).host}</p>` : nothing}`;
}

function reach() {
  return html`<aside>
    <img src=${picture()} alt=${t("pairing.qr", { address: network.address })}>
    <p class="address">${network.address}</p>
    <p class="detail">${t(network.reachable ? "display.address" : "display.address.local")}</p>
  </aside>`;
}

function page({ status: { box, odoo }, silent }) {
  return html`
    <header><img src="/homepage/icon.svg" alt=""><span>${t("shell.name")}</span> <span class="name">${box.identifier}</span></header>
    <main data-state=${silent ? "silent" : odoo.state}>
      <section>
        <h1>${t(silent ? "display.silent" : `display.state.${odoo.state}`)}</h1>
        ${silent ? nothing : next(odoo)}
      </section>
      ${network ? reach() : nothing}
    </main>
    <footer>
      <ul>${(network?.urls ?? []).slice(0, 4).map((url) => html`<li>${url}</li>`)}</ul>
      <span>${display} ${box.version}</span>
    </footer>`;
}

async function begin() {
  try {
    await loadWords();
  } catch {
    setTimeout(begin, AGAIN_MILLIS);
    return;
  }
  state.page = "display";
  drawWith(() => state.status && render(page(state), document.body));
  goLive();
  lookAtNetwork();
  setInterval(lookAtNetwork, NETWORK_MILLIS);
}

begin();
