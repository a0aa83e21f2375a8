// The box's addresses and certificate, and the sites whose pages may use its devices.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { accessAttempt, questions } from "../parts/questions.js";
import { reach } from "../parts/reach.js";
import { badge, day, duration, facts, moment } from "../parts/show.js";
import { t } from "../words.js";

/** From then on a certificate is said to end soon; the one from Odoo is renewed before. */
const SOON_DAYS = 9;
const DAY_MILLIS = 86_400_000;

function httpsWords(https) {
  if (!https) {
    return `${t("network.https.off")} ${t("network.https.needed")}`;
  }
  if (!https.port) {
    return https.detail ? `${t("network.https.not")} ${t("network.https.needed")}` : t("network.https.soon");
  }
  return `${t(`network.certificate.${https.certificate}`)} ${ending(https.validUntil)}`;
}

function ending(validUntil) {
  const left = Math.floor((new Date(validUntil) - Date.now()) / DAY_MILLIS);
  if (left < 0) {
    return t("network.certificate.over", { day: day(validUntil) });
  }
  return t(left < SOON_DAYS ? "network.certificate.soon" : "network.certificate.until", { day: day(validUntil) });
}

/** What to click where a browser warns of the box's own certificate. */
function allowing(url) {
  return html`<details id="https-allow">
    <summary>${t("network.allow")}</summary>
    <ol>
      <li>${t("network.allow.open")} <a href=${url}>${url}</a></li>
      <li>${t("network.allow.browser")}
        <ul>
          <li>${t("network.allow.chrome")}</li>
          <li>${t("network.allow.firefox")}</li>
          <li>${t("network.allow.safari")}</li>
          <li>${t("network.allow.android")}</li>
        </ul>
      </li>
      <li>${t("network.allow.done")}</li>
    </ol>
    <p class="detail">${t("network.allow.instead")}</p>
  </details>`;
}

function secure(https) {
  const port = https?.port;
  const url = `https://${https?.domain ?? location.hostname}${port === 443 ? "" : `:${port}`}`;
  return html`<section id="https" aria-labelledby="https-title">
    <h2 id="https-title">${t("network.https")}</h2>
    <div id="https-facts">${facts([
      [t("network.address"), port ? html`<a href=${url}>${url}</a>` : t("network.none")],
      [t("network.certificate.name"), https?.domain],
    ])}</div>
    <p id="https-words">${httpsWords(https)}</p>
    ${https?.detail ? html`<p id="https-detail">${https.detail}</p>` : nothing}
    ${port && https.certificate === "self-signed" ? allowing(url) : nothing}
  </section>`;
}

function list(items) {
  return items?.length > 0 ? html`<ul class="plain">${items.map((each) => html`<li>${each}</li>`)}</ul>` : null;
}

function link(url) {
  return html`<a href=${url}>${url}</a>`;
}

function box({ box: own, https }, now) {
  return html`<section id="box" aria-labelledby="box-title">
    <h2 id="box-title">${t("network.box")}</h2>
    <div id="box-facts">${facts([
      [t("network.identifier"), own.identifier],
      [t("network.addresses"), now ? list(now.urls.map(link)) : own.addresses.join(", ")],
      [t("network.names"), list(now?.names.filter((each) => !now.allowedHosts.includes(each)))],
      [t("network.hosts"), list(now?.allowedHosts)],
      [t("network.version"), own.version],
      [t("network.running"), duration((Date.now() - own.started) / 1000)],
    ])}</div>
    ${now && !now.reachable ? html`<p id="box-local">${t("network.local")}</p>` : nothing}
    <p class="detail">${t("network.names.words")}</p>
  </section>`;
}

function takeBack(origin) {
  accessAttempt.run(t("shell.moment"), () => change("DELETE", "/api/origins", { origin }), t("access.taken", { origin }));
}

async function allow(event) {
  event.preventDefault();
  const { origin } = event.target.elements;
  const site = origin.value.trim().replace(/\/+$/, "");
  const done = await accessAttempt.run(
    t("shell.moment"),
    () => change("POST", "/api/origins", { origin: site, allowed: true }),
    t("access.allowed", { origin: site }),
  );
  if (done) {
    origin.value = "";
  } else {
    origin.focus();
  }
}

function site({ origin, state, since, lastAsked }) {
  const times = [
    since && t("access.since", { time: moment(since) }),
    lastAsked && state !== "allowed" && t("access.asked", { time: moment(lastAsked) }),
  ].filter(Boolean);
  return html`<li data-origin=${origin}>
    <span>${origin === "*" ? t("access.all") : origin}
      ${times.length > 0 ? html`<br><small class="detail">${times.join(", ")}</small>` : nothing}</span>
    ${badge(state, t(`access.state.${state}`))}
    ${
      state === "allowed" || state === "refused"
        ? html`<button type="button" class="quiet" aria-label=${t("access.takeback.label", { origin })} @click=${() => takeBack(origin)}>${t("access.takeback")}</button>`
        : nothing
    }
  </li>`;
}

function sites({ access }) {
  return html`<section id="access" aria-labelledby="access-title">
    <h2 id="access-title">${t("access.title")}</h2>
    ${questions()}
    ${access.origins.length === 0 ? html`<p id="no-sites" class="detail">${t("access.none")}</p>` : nothing}
    <ul id="sites" class="sites">${access.origins.filter((each) => each.state !== "asking").map(site)}</ul>
    <form id="site-form" class="form" @submit=${allow}>
      <label for="site">${t("access.add")}</label>
      <div class="row">
        <input id="site" name="origin" type="url" required autocomplete="off" placeholder="https://pos.shop.example"
          aria-describedby="access-answer">
        <button class="quiet" ?disabled=${accessAttempt.busy}>${t("access.allow")}</button>
      </div>
    </form>
  </section>`;
}

export const page = {
  title: "network.title",

  closed() {
    accessAttempt.say("");
  },

  view({ status }) {
    return html`
      <div class="pair">${box(status, reach(status))}${secure(status.https)}</div>
      ${sites(status)}`;
  },
};
