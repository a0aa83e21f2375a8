// Is everything all right?
import { html, nothing } from "../lib/lit-html.js";
import { repeat } from "../lib/directives/repeat.js";
import { icon } from "../parts/icons.js";
import { needs } from "../parts/needs.js";
import { insecure } from "../parts/insecure.js";
import { odooWords } from "../parts/odoo.js";
import { asking, questions } from "../parts/questions.js";
import { badge, duration, said, short, word } from "../parts/show.js";
import { retry } from "../parts/trouble.js";
import { href, state } from "../store.js";
import { t } from "../words.js";

/** How many of a kind are named here; the rest is on their own page. */
const NAMED = 50;

function sentence(status) {
  const count = needs(status).length + asking().length;
  const kind = count > 0 ? "trouble" : "good";
  return html`<p id="all" class="all" role="status" data-kind=${kind}>
    <span class="mark">${icon(kind)}</span>
    <span>${count > 0 ? t("overview.needs", { count }) : t("overview.fine")}</span></p>`;
}

function need({ id, what, why, next, href: address, retry: target }) {
  return html`<li data-need=${id}>
    <h3>${what}</h3>
    ${why ? html`<p>${why}</p>` : nothing}
    <p class="detail">${next}</p>
    <div class="row">
      <a class="button" href=${address}>${t("overview.look")}<span class="unseen">: ${what}</span></a>
      ${target ? retry(target) : nothing}
    </div>
  </li>`;
}

function needed(status) {
  const all = needs(status);
  return all.length === 0
    ? nothing
    : html`<section aria-labelledby="needs-title">
        <h2 id="needs-title">${t("overview.todo")}</h2>
        <ul id="needs" class="needs">${repeat(all.slice(0, NAMED), (each) => each.id, need)}</ul>
        ${all.length > NAMED ? html`<p>${t("overview.rest", { count: all.length - NAMED })}</p>` : nothing}
      </section>`;
}

function box({ box: own, https }) {
  return html`<section id="box" aria-labelledby="box-title">
    <h2 id="box-title">${t("overview.box")} ${badge("running")}</h2>
    <p>${t("overview.box.words", { identifier: own.identifier, version: own.version, time: duration((Date.now() - own.started) / 1000) })}</p>
    <p class="detail">${t("overview.addresses", { addresses: own.addresses.join(", ") })}
      ${https?.port ? t("overview.https") : t("overview.nohttps")}</p>
  </section>`;
}

function odoo({ odoo: link }) {
  return html`<section id="odoo" aria-labelledby="odoo-title">
    <h2 id="odoo-title"><a href=${href("pairing")}>Odoo</a> <span id="odoo-state" class="state" data-state=${link.state}>${word(link.state)}</span></h2>
    <p>${odooWords(link)}</p>
    ${link.detail ? html`<p>${link.detail}</p>` : nothing}
    ${link.url ? html`<p class="detail">${link.url}</p>` : nothing}
    ${link.state === "unpaired" ? html`<p><a class="button" href=${href("pairing")}>${t("overview.pair")}</a></p>` : nothing}
  </section>`;
}

function glance(name, all, entry) {
  return html`<section aria-labelledby="${name}-glance">
    <h2 id="${name}-glance"><a href=${href(name)}>${t(`${name}.title`)}</a> <span class="count">${all.length}</span></h2>
    ${all.length === 0 ? html`<p>${t(`${name}.none`)}</p>` : nothing}
    <ul class="glance">${all.slice(0, NAMED).map(entry)}</ul>
    ${
      all.length > NAMED
        ? html`<p><a href=${href(name)}>${t("overview.rest", { count: all.length - NAMED })}</a></p>`
        : nothing
    }
  </section>`;
}

function deviceEntry(device) {
  const words = device.state === "connected" ? device.type || device.connection : (device.detail ?? "");
  const { value, unit } = state.heard.get(device.identifier) ?? {};
  return html`<li data-glance=${device.identifier}>
    <a href=${href("devices", device.identifier)}>${device.name}</a> ${badge(device.state)}
    ${words ? html`<p class="detail">${words}</p>` : nothing}
    ${device.driver !== null && said(value) ? html`<span class="now">${short(value)} ${unit}</span>` : nothing}
  </li>`;
}

function handlerEntry(handler) {
  const said = handler.state === "loaded" ? null : handler.diagnostics[0]?.message;
  return html`<li data-glance=${handler.file}>
    <a href=${href("handlers", handler.file)} class="file">${handler.file}</a> ${badge(handler.state)}
    ${said ? html`<p class="detail">${said}</p>` : nothing}
  </li>`;
}

const RANK = { failed: 0, loaded: 1, skipped: 2 };

export const page = {
  title: "overview.title",

  view({ status }) {
    const handlers = [...status.handlers].sort((a, b) => RANK[a.state] - RANK[b.state]);
    return html`
      ${sentence(status)}
      ${insecure(status)}
      ${
        asking().length > 0
          ? html`<section id="access" aria-labelledby="asking-title">
              <h2 id="asking-title">${t("access.asking")}</h2>${questions()}</section>`
          : nothing
      }
      ${needed(status)}
      <div class="pair">${box(status)}${odoo(status)}</div>
      <div class="pair">${glance("devices", status.devices, deviceEntry)}${glance("handlers", handlers, handlerEntry)}</div>`;
  },
};
