// The box's addresses and certificate, and the sites whose pages may use its devices.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { accessAttempt, questions } from "../parts/questions.js";
import { badge, day, duration, facts } from "../parts/show.js";
import { t } from "../words.js";

function httpsWords(https) {
  if (!https) {
    return `${t("network.https.off")} ${t("network.https.needed")}`;
  }
  if (!https.port) {
    return https.detail ? `${t("network.https.not")} ${t("network.https.needed")}` : t("network.https.soon");
  }
  return `${t(`network.certificate.${https.certificate}`)} ${t("network.certificate.until", { day: day(https.validUntil) })}`;
}

function secure(https) {
  const port = https?.port;
  const url = `https://${https?.domain ?? location.hostname}${port === 443 ? "" : `:${port}`}`;
  return html`<section id="https" aria-labelledby="https-title">
    <h2 id="https-title">${t("network.https")}</h2>
    <div id="https-facts">${facts([[t("network.address"), port ? html`<a href=${url}>${url}</a>` : t("network.none")]])}</div>
    <p id="https-words">${httpsWords(https)}</p>
    ${https?.detail ? html`<p id="https-detail">${https.detail}</p>` : nothing}
  </section>`;
}

function takeBack(origin) {
  accessAttempt.run(t("shell.moment"), () => change("DELETE", "/api/origins", { origin }), t("access.taken", { origin }));
}

function site({ origin, state }) {
  return html`<li data-origin=${origin}>
    <span>${origin === "*" ? t("access.all") : origin}</span>${badge(state, t(`access.state.${state}`))}
    ${
      state === "allowed" || state === "refused"
        ? html`<button type="button" class="quiet" aria-label=${t("access.takeback.label", { origin })} @click=${() => takeBack(origin)}>${t("access.takeback")}</button>`
        : nothing
    }
  </li>`;
}

export const page = {
  title: "network.title",

  view({ status: { box, https, access } }) {
    return html`
      <div class="pair">
        <section id="box" aria-labelledby="box-title">
          <h2 id="box-title">${t("network.box")}</h2>
          <div id="box-facts">${facts([
            [t("network.identifier"), box.identifier],
            [t("network.addresses"), box.addresses.join(", ")],
            [t("network.version"), box.version],
            [t("network.running"), duration((Date.now() - box.started) / 1000)],
          ])}</div>
        </section>
        ${secure(https)}
      </div>
      <section id="access" aria-labelledby="access-title">
        <h2 id="access-title">${t("access.title")}</h2>
        ${questions()}
        ${access.origins.length === 0 ? html`<p id="no-sites" class="detail">${t("access.none")}</p>` : nothing}
        <ul id="sites" class="sites">${access.origins.filter((each) => each.state !== "asking").map(site)}</ul>
      </section>`;
  },
};
