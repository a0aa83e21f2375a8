// The first start: who is the owner, which Odoo, what was found. Each step can be left out.
import { html, nothing } from "../lib/lit-html.js";
import { change, login } from "../api.js";
import { Attempt } from "../parts/attempt.js";
import { odooWords } from "../parts/odoo.js";
import { pairing, pairingAnswer, pairingCode, pairingForm } from "../parts/pair.js";
import { badge, word } from "../parts/show.js";
import { leave } from "../parts/welcome.js";
import { href, redraw, state } from "../store.js";
import { t } from "../words.js";

const STEPS = ["owner", "odoo", "found", "done"];
const MOST_DEVICES = 20;

const attempt = new Attempt();

/** The password with which the owner has just logged in here, so that it need not be typed twice; not kept after that step. */
let present = null;

/** Whether the owner has chosen a password of his own here. */
let chosen = false;

function step({ args }) {
  return STEPS.includes(args[0]) ? args[0] : STEPS[0];
}

function after(name) {
  return href("welcome", STEPS[STEPS.indexOf(name) + 1]);
}

function go(name) {
  location.hash = after(name);
}

function progress(now) {
  return html`<ol class="steps" aria-label=${t("welcome.steps")}>${STEPS.map(
    (name, i) => html`<li aria-current=${name === now ? "step" : nothing} data-done=${i < STEPS.indexOf(now)}>
      <a href=${href("welcome", name)}>${t(`welcome.step.${name}`)}</a></li>`,
  )}</ol>`;
}

function next(name, skips) {
  return html`<p class="row">
    <a id="welcome-next" class=${skips ? "button quiet" : "button"} href=${after(name)}>${t(skips ? "welcome.later" : "welcome.next")}</a>
  </p>`;
}

async function logIn(event) {
  event.preventDefault();
  const field = event.target.elements.password;
  const password = field.value;
  const done = await attempt.run(
    t("shell.moment"),
    async () => {
      state.session = await login(password);
      present = password;
    },
    t("welcome.owner.in"),
  );
  if (!done) {
    field.select();
    return;
  }
  if (!state.session.canChangePassword) {
    go("owner");
  }
}

async function choose(event) {
  event.preventDefault();
  const { elements } = event.target;
  const typed = elements.present?.value ?? present;
  const done = await attempt.run(
    t("shell.moment"),
    () => change("POST", "/api/password", { present: typed, next: elements.next.value }),
    t("options.password.changed"),
  );
  if (done) {
    present = null;
    chosen = true;
    redraw();
  } else {
    elements.next.focus();
  }
}

function loginForm() {
  return html`
    <p>${t("welcome.owner.words")}</p>
    <p class="detail">${t("welcome.owner.where")}</p>
    <form id="welcome-login" class="form" @submit=${logIn}>
      <input type="text" name="username" value="owner" autocomplete="username" hidden>
      <label for="welcome-password">${t("login.password")}</label>
      <input id="welcome-password" name="password" type="password" required autocomplete="current-password" aria-describedby="welcome-answer">
      <p class="row"><button ?disabled=${attempt.busy}>${t("login.send")}</button></p>
    </form>`;
}

function passwordForm() {
  return html`
    <p>${t("welcome.password.words")}</p>
    <form id="welcome-choose" class="form" @submit=${choose}>
      <input type="text" name="username" value="owner" autocomplete="username" hidden>
      ${
        present === null
          ? html`<label for="welcome-present">${t("options.password.present")}</label>
            <input id="welcome-present" name="present" type="password" required autocomplete="current-password">`
          : nothing
      }
      <label for="welcome-own">${t("options.password.next")}</label>
      <input id="welcome-own" name="next" type="password" required minlength="8" maxlength="200" autocomplete="new-password" aria-describedby="welcome-answer">
      <p class="row"><button ?disabled=${attempt.busy}>${t("welcome.password.keep")}</button></p>
    </form>`;
}

function ownerStep({ session }) {
  const asks = session.loggedIn && session.canChangePassword && !chosen;
  return html`<section aria-label=${t("welcome.step.owner")}>
    ${session.loggedIn ? nothing : loginForm()}
    ${asks ? passwordForm() : nothing}
    ${session.loggedIn && !asks ? html`<p>${t("options.loggedin")}</p>` : nothing}
    ${attempt.view("welcome-answer")}
    ${next("owner", !session.loggedIn || asks)}
  </section>`;
}

function odooStep({ status: { odoo } }) {
  const unpaired = odoo.state === "unpaired";
  return html`<section aria-label=${t("welcome.step.odoo")}>
    <p><span id="odoo-state" class="state" data-state=${odoo.state}>${word(odoo.state)}</span></p>
    <p>${unpaired ? t("welcome.odoo.words") : odooWords(odoo)}</p>
    ${odoo.detail ? html`<p>${odoo.detail}</p>` : nothing}
    ${unpaired ? html`${pairingCode(odoo)}${odoo.pairingCode ? html`<p>${t("welcome.odoo.code")}</p>` : nothing}${pairingForm()}` : nothing}
    ${pairingAnswer()}
    ${next("odoo", unpaired)}
    ${unpaired ? html`<p class="detail">${t("welcome.odoo.without")}</p>` : nothing}
  </section>`;
}

function foundStep({ status: { devices, https } }) {
  return html`<section aria-labelledby="found-devices">
      <h2 id="found-devices">${t("devices.title")} <span class="count">${devices.length}</span></h2>
      ${devices.length === 0 ? html`<p>${t("welcome.found.none")}</p>` : nothing}
      <ul id="found" class="glance">${devices.slice(0, MOST_DEVICES).map(
        (each) => html`<li><span>${each.name}</span> ${badge(each.state)}</li>`,
      )}</ul>
      ${devices.length > MOST_DEVICES ? html`<p>${t("overview.rest", { count: devices.length - MOST_DEVICES })}</p>` : nothing}
    </section>
    <section aria-labelledby="found-https">
      <h2 id="found-https">${t("network.https")}</h2>
      <p>${t(https?.port ? `welcome.https.${https.certificate}` : "welcome.https.none")}</p>
      ${https?.detail ? html`<p>${https.detail}</p>` : nothing}
      <p><a href=${href("network")}>${t("welcome.https.more")}</a></p>
    </section>
    ${next("found", false)}`;
}

function doneStep({ session, status: { odoo } }) {
  return html`<section aria-label=${t("welcome.step.done")}>
    <ul class="plain">
      <li>${t(session.loggedIn ? "welcome.done.owner" : "welcome.done.noowner")}</li>
      <li>${t(odoo.state === "unpaired" ? "welcome.done.unpaired" : "welcome.done.paired")}</li>
      <li>${t("welcome.done.again")}</li>
    </ul>
    <p class="row"><a id="welcome-end" class="button" href=${href("overview")}>${t("welcome.end")}</a></p>
  </section>`;
}

const VIEWS = { owner: ownerStep, odoo: odooStep, found: foundStep, done: doneStep };

export const page = {
  title: "welcome.title",

  /** Of the page, which screen readers are taken to at each step. */
  heading(now) {
    const name = step(now);
    return t("welcome.heading", { number: STEPS.indexOf(name) + 1, of: STEPS.length, step: t(`welcome.title.${name}`) });
  },

  opened(now) {
    if (step(now) === "done") {
      leave();
    }
  },

  closed() {
    attempt.say("");
    pairing.say("");
    present = null;
  },

  view(now) {
    const name = step(now);
    return html`<div class="welcome">
      ${progress(name)}
      ${VIEWS[name](now)}
      ${name === "done" ? nothing : html`<p><a id="welcome-leave" href=${href("overview")} @click=${leave}>${t("welcome.leave")}</a></p>`}
    </div>`;
  },
};
