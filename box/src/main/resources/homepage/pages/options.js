// The owner, and what the box is set to.
import { html, nothing } from "../lib/lit-html.js";
import { change, get } from "../api.js";
import { Attempt } from "../parts/attempt.js";
import { ownerToken } from "../parts/login.js";
import { listing, said } from "../parts/show.js";
import { href, redraw, state } from "../store.js";
import { t } from "../words.js";

const owner = new Attempt();
const keeping = new Attempt();
const restarting = new Attempt();

/** GET /api/options; null until somebody who may know it has asked. */
let known = null;
let asking = false;

/** Which option the box's last refusal names. */
let wrong = "";

async function load() {
  asking = true;
  try {
    known = await get("/api/options");
  } catch {
    // Not logged in any more, or the box is away: both are said already. The next drawing asks again.
  } finally {
    asking = false;
    redraw();
  }
}

function changePassword(event) {
  event.preventDefault();
  const form = event.target;
  owner.run(
    t("shell.moment"),
    async () => {
      await change("POST", "/api/password", { present: form.elements.present.value, next: form.elements.next.value });
      form.reset();
    },
    t("options.password.changed"),
  );
}

function password() {
  return html`<details id="password-change">
    <summary>${t("options.password")}</summary>
    <form id="password-form" class="form" @submit=${changePassword}>
      <input type="text" name="username" value="owner" autocomplete="username" hidden>
      <label for="present-password">${t("options.password.present")}</label>
      <input id="present-password" name="present" type="password" required autocomplete="current-password">
      <label for="next-password">${t("options.password.next")}</label>
      <input id="next-password" name="next" type="password" required minlength="8" maxlength="200" autocomplete="new-password">
      <p><button ?disabled=${owner.busy}>${t("options.password.change")}</button></p>
    </form>
  </details>`;
}

function ownerPart({ loggedIn, canChangePassword }) {
  return html`<section id="owner" aria-labelledby="owner-title">
    <h2 id="owner-title">${t("options.owner")}</h2>
    <p id="owner-words">${t(loggedIn ? "options.loggedin" : "options.loggedout")}</p>
    ${loggedIn && canChangePassword ? password() : nothing}
    ${loggedIn && !canChangePassword ? html`<p class="detail">${t("options.password.file")}</p>` : nothing}
    ${owner.view("owner-answer")}
    <p><a href=${href("welcome")}>${t("options.welcome")}</a></p>
  </section>`;
}

/** A value as a person reads it. */
function words(value) {
  if (typeof value === "boolean") {
    return t(value ? "options.on" : "options.off");
  }
  const text = Array.isArray(value) ? value.join(", ") : value;
  return said(text) ? text : t("options.nothing");
}

function inEffect(option) {
  const value = option.secret && option.source !== "default" ? t("options.secret") : words(option.value);
  return t("options.effect", { value, source: t(`options.source.${option.source}`) });
}

/** What else there is to know of it. */
function notes(option) {
  const given = ["command-line", "environment", "demo"].includes(option.source);
  return [
    option.waits ? t("options.waits", { value: words(option.next) }) : null,
    option.kept !== null && given ? t("options.hidden") : null,
    option.problem ? t("options.problem", { problem: option.problem }) : null,
  ].filter(Boolean);
}

/** What is typed for an option, in the form that the box keeps. */
function typed(option, text) {
  return option.kind === "several" ? text.split("\n").map((each) => each.trim()).filter(Boolean) : text.trim();
}

function same(option, value) {
  return JSON.stringify(value) === JSON.stringify(option.kept ?? (option.kind === "several" ? [] : ""));
}

function keep(event) {
  event.preventDefault();
  const form = event.target;
  const values = {};
  for (const option of known.options.filter((each) => each.elsewhere === null)) {
    const value = typed(option, form.elements[option.name].value);
    if (!same(option, value)) {
      values[option.name] = value;
    }
  }
  wrong = "";
  if (Object.keys(values).length === 0) {
    keeping.say(t("options.unchanged"));
    return;
  }
  keeping.run(
    t("shell.moment"),
    async () => {
      try {
        await change("POST", "/api/options", { values });
      } catch (refusal) {
        wrong = /--([a-z-]+)/.exec(refusal.message)?.[1] ?? "";
        form.elements[wrong]?.focus();
        throw new Error(`${t("options.refused")} ${refusal.message}`);
      }
      await load();
    },
    () => t(known.waiting ? "options.kept.waits" : "options.kept"),
  );
}

function field(option) {
  const id = `option-${option.name}`;
  const about = `${id}-about ${id}-effect`;
  const kept = Array.isArray(option.kept) ? option.kept.join("\n") : (option.kept ?? "");
  const bad = option.name === wrong || said(option.problem);
  return html`<li data-option=${option.name}>
    <label for=${id} class="code">--${option.name}</label>
    ${
      option.kind === "several"
        ? html`<textarea id=${id} name=${option.name} rows=${Math.max(2, option.kept?.length ?? 0)} spellcheck="false"
            placeholder=${t("options.lines", { label: option.label })} aria-describedby=${about} aria-invalid=${bad} .defaultValue=${kept}></textarea>`
        : html`<input id=${id} name=${option.name} autocomplete="off" autocapitalize="off" spellcheck="false"
            placeholder=${option.label} aria-describedby=${about} aria-invalid=${bad} .defaultValue=${kept}>`
    }
    ${explained(option)}
  </li>`;
}

/** What it is for, what is in effect, and what else there is to know. */
function explained(option) {
  const id = `option-${option.name}`;
  return html`<p id="${id}-about" class="detail">${option.help}</p>
    <p id="${id}-effect" class="effect">${inEffect(option)}</p>
    ${notes(option).map((each) => html`<p class="note">${each}</p>`)}`;
}

function elsewhere(option) {
  return html`<li data-option=${option.name}>
    <h3 class="code">--${option.name}</h3>
    ${explained(option)}
    <p class="detail">${option.elsewhere}</p>
  </li>`;
}

function restart() {
  if (confirm(t("options.restart.sure"))) {
    restarting.run(t("shell.moment"), () => change("POST", "/api/restart"), t("options.restart.done"));
  }
}

function restartPart() {
  const waiting = known.options.filter((each) => each.waits).map((each) => `--${each.name}`);
  return html`
    ${waiting.length > 0 ? html`<p id="options-waiting" class="note">${t("options.waiting", { names: listing(waiting) })}</p>` : nothing}
    ${
      known.canRestart
        ? html`<p><button id="restart" type="button" class=${waiting.length > 0 ? "" : "quiet"} ?disabled=${restarting.busy} @click=${restart}>${t("options.restart")}</button></p>`
        : html`<p id="restart-how" class="detail">${t("options.restart.how")}</p>`
    }
    ${restarting.view("restart-answer")}`;
}

function optionsPart() {
  const here = known.options.filter((each) => each.elsewhere === null);
  const others = known.options.filter((each) => each.elsewhere !== null);
  return html`
    <section id="kept-options" aria-labelledby="options-title">
      <h2 id="options-title">${t("options.box")}</h2>
      <p>${t("options.box.words")}</p>
      ${known.problem ? html`<p id="options-damaged" class="note">${known.problem}</p>` : nothing}
      ${restartPart()}
      <form id="options-form" @submit=${keep}>
        <ul class="options">${here.map(field)}</ul>
        <p class="row"><button id="options-keep" ?disabled=${keeping.busy}>${t("options.keep")}</button></p>
      </form>
      ${keeping.view("options-answer")}
    </section>
    <section aria-labelledby="elsewhere-title">
      <details id="options-elsewhere">
        <summary><h2 id="elsewhere-title">${t("options.elsewhere")}</h2></summary>
        <ul class="options">${others.map(elsewhere)}</ul>
      </details>
    </section>`;
}

function lockedPart() {
  const logIn = () => keeping.run("", ownerToken, "");
  return html`<section aria-labelledby="options-title">
    <h2 id="options-title">${t("options.box")}</h2>
    <p>${t("options.locked")}</p>
    <p class="row"><button id="options-login" type="button" @click=${logIn}>${t("login.in")}</button></p>
    ${keeping.view("options-answer")}
  </section>`;
}

export const page = {
  title: "options.title",

  opened() {
    known = null;
  },

  closed() {
    known = null;
    wrong = "";
    [owner, keeping, restarting].forEach((each) => each.say(""));
  },

  view({ session }) {
    if (!session.loggedIn) {
      known = null;
    } else if (known === null && !asking) {
      load();
    }
    const shown = session.loggedIn && known !== null;
    return html`${ownerPart(session)}${shown ? optionsPart() : session.loggedIn ? nothing : lockedPart()}`;
  },
};
