// The devices, and each by itself.
import { html, nothing } from "../lib/lit-html.js";
import { live } from "../lib/directives/live.js";
import { repeat } from "../lib/directives/repeat.js";
import { action, forgetAction } from "../parts/action.js";
import { forgetLine, hasLines, line } from "../parts/line.js";
import "../parts/plot.js";
import { selection } from "../parts/selection.js";
import { badge, clock, facts, said, short, word } from "../parts/show.js";
import { trouble } from "../parts/trouble.js";
import { value } from "../parts/value.js";
import { device, href, redraw, state } from "../store.js";
import { t } from "../words.js";

function card(each) {
  return html`<li data-device=${each.identifier} class="card">
    <h2><a href=${href("devices", each.identifier)} data-role="name">${each.name}</a> ${badge(each.state)}</h2>
    ${each.driver === null ? nothing : value(each.identifier)}
    <p class="detail">${[each.type, each.connection, each.manufacturer].filter(said).join(" · ")}</p>
    ${each.detail ? html`<p data-role="detail">${each.detail}</p>` : nothing}
  </li>`;
}

/** From how many devices on one has to look for one. */
const MANY = 12;

let filter = "";

function matches(each) {
  const words = [each.name, each.identifier, each.type, each.connection, each.manufacturer, each.driver, word(each.state)];
  return words.join(" ").toLowerCase().includes(filter.trim().toLowerCase());
}

function filterField() {
  const filterBy = (event) => {
    filter = event.target.value;
    redraw();
  };
  return html`<div class="form"><label for="device-filter">${t("devices.filter")}</label>
    <input id="device-filter" type="search" autocomplete="off" .value=${live(filter)} @input=${filterBy}></div>`;
}

function list({ devices }) {
  const many = devices.length > MANY;
  const shown = many ? devices.filter(matches) : devices;
  return html`
    ${many ? filterField() : nothing}
    <p id="device-count" class="detail">${t("devices.count", { count: devices.length })}</p>
    ${devices.length === 0 ? html`<p id="no-devices">${t("devices.none")}</p>` : nothing}
    ${devices.length > 0 && shown.length === 0 ? html`<p role="status">${t("devices.nomatch")}</p>` : nothing}
    <ul id="device-cards" class="cards">${repeat(shown, (each) => each.identifier, card)}</ul>`;
}

function events(identifier) {
  const heard = state.heard.get(identifier)?.events ?? [];
  return html`<section aria-labelledby="events-title">
    <h2 id="events-title">${t("devices.events")}</h2>
    ${heard.length === 0 ? html`<p class="detail">${t("devices.noevents")}</p>` : nothing}
    <ol class="events" data-role="events" tabindex=${heard.length > 0 ? 0 : nothing} aria-labelledby="events-title">
      ${heard.map(({ time, told }) => html`<li><time>${clock(time * 1000)}</time> ${short(told)}</li>`)}
    </ol>
  </section>`;
}

/** Only where there are numbers to be seen. */
function plot(identifier) {
  const { samples = [], unit } = state.heard.get(identifier) ?? {};
  return samples.length > 1 ? html`<box-plot id="plot" .unit=${unit ?? ""} .samples=${samples}></box-plot>` : nothing;
}

function declined(each) {
  return each.declined.length === 0
    ? nothing
    : html`<p class="detail">${t("selection.declined")}</p>
      <ul class="declined" data-role="declined">${each.declined.map(
        ({ driver, answer }) => html`<li><span class="file">${driver}</span><br>${answer}</li>`,
      )}</ul>`;
}

function detail(each) {
  return html`<article data-device=${each.identifier}>
    <section aria-labelledby="value-title">
      <h2 id="value-title">${t("devices.now")} ${badge(each.state)}</h2>
      ${each.driver === null ? nothing : html`${value(each.identifier)}${plot(each.identifier)}`}
      ${each.detail ? html`<p data-role="detail">${each.detail}</p>` : nothing}
      ${trouble(each, { identifier: each.identifier })}
    </section>
    <div class="pair">
      ${
        each.driver !== null
          ? html`<section aria-labelledby="action-title"><h2 id="action-title">${t("action.title")}</h2>${action(each)}</section>`
          : nothing
      }
      ${each.driver === null ? nothing : events(each.identifier)}
    </div>
    <div class="pair">
      <section data-role="about" aria-labelledby="about-title">
        <h2 id="about-title">${t("devices.about")}</h2>
        ${facts([
          [t("devices.identifier"), each.identifier],
          [t("devices.type"), [each.type, each.subtype].filter(said).join(", ")],
          [t("devices.connection"), each.connection],
          [t("devices.manufacturer"), each.manufacturer],
          [t("devices.driver"), each.driver],
        ])}
      </section>
      <section aria-labelledby="selection-title">
        <h2 id="selection-title">${t("selection.title")}</h2>
        ${each.chosen ? html`<p data-role="chosen">${each.chosen}</p>` : nothing}
        ${declined(each)}
        ${selection(each)}
      </section>
    </div>
    ${hasLines(each) ? line(each) : nothing}
  </article>`;
}

export const page = {
  title: "devices.title",

  heading({ args: [identifier] }) {
    return identifier ? (device(identifier)?.name ?? identifier) : t("devices.title");
  },

  opened() {
    forgetAction();
    forgetLine();
  },

  view({ status, args: [identifier] }) {
    if (!identifier) {
      return list(status);
    }
    const each = device(identifier);
    return html`<p><a href=${href("devices")}>${t("devices.all")}</a></p>
      ${each ? detail(each) : html`<p id="device-gone">${t("devices.gone", { identifier })}</p>`}`;
  },
};
