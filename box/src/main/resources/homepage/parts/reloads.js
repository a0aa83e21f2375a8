// What the last reloads of the handlers did.
import { html, nothing } from "../lib/lit-html.js";
import { device, href } from "../store.js";
import { t } from "../words.js";
import { listing, moment } from "./show.js";

/** Where the handlers came from. */
function from({ source }) {
  return source === "odoo" ? "Odoo" : t("handlers.folder", { name: source });
}

function counts({ loaded, refused }) {
  return refused === 0
    ? t("handlers.loaded", { count: loaded })
    : `${t("handlers.loaded", { count: loaded })} ${t("handlers.refused", { count: refused })}`;
}

function names(changes, what, name) {
  return changes.filter((each) => each.change === what).map((each) => each[name]);
}

/** What a reload did to files, as sentences: "Changed: a, b. New: c." */
function fileWords({ files, moreFiles }) {
  const said = ["changed", "added", "removed"]
    .map((what) => [what, names(files, what, "file")])
    .filter(([, all]) => all.length > 0)
    .map(([what, all]) => t(`handlers.files.${what}`, { files: listing(all) }));
  return [...said, ...(moreFiles > 0 ? [t("handlers.files.more", { count: moreFiles })] : [])].join(" ");
}

function deviceWords({ devices, moreDevices }) {
  const said = ["reopened", "opened", "closed"]
    .map((what) => [what, names(devices, what, "identifier")])
    .filter(([, all]) => all.length > 0)
    .map(([what, all]) => t(`handlers.devices.${what}`, { devices: listing(all.map(called)) }));
  return [...said, ...(moreDevices > 0 ? [t("handlers.devices.more", { count: moreDevices })] : [])].join(" ");
}

function called(identifier) {
  return device(identifier)?.name ?? identifier;
}

/** All of it in one text, for who waits for it. */
export function outcome(reload) {
  return [counts(reload), fileWords(reload), deviceWords(reload) || t("handlers.devices.none")].join(" ");
}

function touched({ devices, moreDevices }) {
  if (devices.length === 0) {
    return html`<p class="detail">${t("handlers.devices.none")}</p>`;
  }
  return html`<ul class="touched">${devices.map(
    (each) => html`<li data-device=${each.identifier} data-change=${each.change}>
      <a href=${href("devices", each.identifier)}>${called(each.identifier)}</a> ${t(`handlers.change.${each.change}`)}</li>`,
  )}${moreDevices > 0 ? html`<li>${t("handlers.devices.more", { count: moreDevices })}</li>` : nothing}</ul>`;
}

function entry(reload) {
  return html`<li data-reload=${reload.at}>
    <p><time datetime=${reload.at}>${moment(reload.at)}</time> · ${from(reload)}</p>
    <p>${counts(reload)} ${fileWords(reload)}</p>
    ${touched(reload)}
    <p class="detail">${t(reload.compiled === 0 ? "handlers.took.kept" : "handlers.took", {
      millis: reload.millis,
      compile: reload.compileMillis,
    })}</p>
  </li>`;
}

/** The last one, and those before it on demand. */
export function reloads(all) {
  const [last, ...former] = all;
  return html`<section id="reloads" aria-labelledby="reloads-title">
    <h2 id="reloads-title">${t("handlers.reloads")}</h2>
    ${last ? html`<ol class="reloads">${entry(last)}</ol>` : html`<p class="detail">${t("handlers.reloads.none")}</p>`}
    ${
      former.length > 0
        ? html`<details><summary>${t("handlers.reloads.former", { count: former.length })}</summary>
            <ol class="reloads">${former.map(entry)}</ol></details>`
        : nothing
    }
  </section>`;
}
