// The log as it is written: live, filtered, and how much is written.
import { html, nothing } from "../lib/lit-html.js";
import { repeat } from "../lib/directives/repeat.js";
import { change, get } from "../api.js";
import { Attempt } from "../parts/attempt.js";
import { LEVELS, Log } from "../parts/log.js";
import { ownerToken, refreshSession } from "../parts/login.js";
import { moment } from "../parts/show.js";
import { href, redraw, state } from "../store.js";
import { t } from "../words.js";

/** So many records are in the page at first, and more each time that somebody wants more. */
const SHOWN = 200;

/** What the box calls itself where levels are set. */
const BOX = "iotbox";

const attempt = new Attempt();
const levelling = new Attempt();

/** Whether this page is shown, and so wants the log. */
let here = false;

const log = new Log(refreshSession, () => here && !document.hidden && state.session.loggedIn);

const filter = { level: "trace", handler: "", text: "" };
let shown = SHOWN;

/** What is shown while new records do not move it: those that there were, and their count; null while live. */
let held = null;

/** Whose level differs from the usual: GET /api/log-levels; null until that is known. */
let levels = null;

function follow() {
  if (!here) {
    return;
  }
  if (document.hidden || !state.session.loggedIn) {
    log.close();
  } else {
    log.open();
    if (levels === null) {
      levels = [];
      refreshLevels();
    }
  }
}

async function refreshLevels() {
  try {
    levels = (await get("/api/log-levels")).levels;
    redraw();
  } catch {
    levels = null; // Not logged in any more, or the box is away: both are said already.
  }
}

function logIn() {
  attempt.run("", ownerToken, "");
}

function download(event) {
  event.preventDefault();
  const { href: file } = event.currentTarget;
  attempt.run(
    "",
    async () => {
      await ownerToken();
      location.assign(file); // A download, so the page stays.
    },
    "",
  );
}

function pause() {
  held = held ? null : { records: [...log.records], taken: log.taken };
  redraw();
}

function set(name, value) {
  filter[name] = value;
  shown = SHOWN;
  redraw();
}

function matches(record) {
  return (
    LEVELS.indexOf(record.level) >= LEVELS.indexOf(filter.level) &&
    (filter.handler === "" || (filter.handler === BOX ? record.handler === null : record.handler === filter.handler)) &&
    (filter.text === "" ||
      `${record.logger} ${record.message} ${record.thrown ?? ""}`.toLowerCase().includes(filter.text.toLowerCase()))
  );
}

/** The newest of those that match, and whether there are more. */
function wanted(records) {
  const found = [];
  for (let i = records.length - 1; i >= 0; i--) {
    if (matches(records[i])) {
      if (found.length === shown) {
        return { found, more: true };
      }
      found.push(records[i]);
    }
  }
  return { found, more: false };
}

/** Handlers' files with their classes, as far as they have one. */
function handlers() {
  return state.status.handlers.filter((each) => each.className !== null && each.kind !== "python");
}

function filters() {
  return html`<form class="filters" role="search" aria-label=${t("logs.filter")} @submit=${(event) => event.preventDefault()}>
    <div><label for="log-level">${t("logs.level")}</label>
      <select id="log-level" @change=${(event) => set("level", event.target.value)}>
        ${LEVELS.map((each) => html`<option value=${each} .selected=${each === filter.level}>${t(`logs.from.${each}`)}</option>`)}
      </select></div>
    <div><label for="log-handler">${t("logs.handler")}</label>
      <select id="log-handler" @change=${(event) => set("handler", event.target.value)}>
        <option value="" .selected=${filter.handler === ""}>${t("logs.everybody")}</option>
        <option value=${BOX} .selected=${filter.handler === BOX}>${t("logs.box")}</option>
        ${handlers().map(
          ({ file }) => html`<option value=${file} .selected=${file === filter.handler}>${file}</option>`,
        )}
      </select></div>
    <div class="wide"><label for="log-text">${t("logs.text")}</label>
      <input id="log-text" type="search" autocomplete="off" spellcheck="false" .value=${filter.text}
        @input=${(event) => set("text", event.target.value)}></div>
  </form>`;
}

function controls() {
  const newer = held ? log.taken - held.taken : 0;
  return html`<div class="row">
    <button id="log-pause" type="button" aria-pressed=${held !== null} @click=${pause}>${t(held ? "logs.resume" : "logs.pause")}</button>
    <a id="log" class="button quiet" href="/hw_drivers/download_logs" download @click=${download}>${t("logs.download")}</a>
    <p id="log-state" role="status" class="detail">${held ? t("logs.paused", { count: newer }) : t(log.live ? "logs.live" : "logs.waiting")}</p>
  </div>`;
}

function record({ time, level, logger, handler, message, thrown, missed }) {
  const name = logger.slice(logger.lastIndexOf(".") + 1);
  return html`<li data-level=${level}>
    <span class="about"><time datetime=${time}>${moment(time)}</time>
      <span class="level">${level}</span>
      ${handler ? html`<a href=${href("handlers", handler)} title=${handler}>${name}</a>` : html`<span title=${logger}>${name}</span>`}</span>
    <span class="message">${message}</span>
    ${thrown ? html`<details><summary>${t("logs.stack")}</summary><pre tabindex="0">${thrown}</pre></details>` : nothing}
    ${missed > 0 ? html`<p class="detail">${t("logs.missed", { count: missed })}</p>` : nothing}
  </li>`;
}

function records() {
  const { found, more } = wanted(held?.records ?? log.records);
  const everything = () => {
    shown += SHOWN;
    redraw();
  };
  return html`
    ${found.length === 0 ? html`<p id="log-none">${t(log.records.length === 0 ? "logs.none" : "logs.nomatch")}</p>` : nothing}
    <ol id="log-records" class="records" aria-label=${t("logs.title")}>${repeat(found, (each) => each.id, record)}</ol>
    ${more ? html`<button id="log-more" type="button" class="quiet" @click=${everything}>${t("logs.more")}</button>` : nothing}`;
}

async function setLevel(logger, level, done) {
  await levelling.run(t("shell.moment"), () => change("POST", "/api/log-levels", { logger, level }), done);
  refreshLevels();
}

function chooseLevel(event) {
  event.preventDefault();
  const { logger, level } = event.target.elements;
  setLevel(logger.value, level.value, t("logs.levels.set", { logger: logger.value, level: level.value }));
}

function different({ logger, level, until }) {
  const usual = () => setLevel(logger, null, t("logs.levels.usual", { logger }));
  return html`<li data-logger=${logger}>
    <span>${t("logs.levels.entry", { logger, level, time: moment(until) })}</span>
    <button type="button" class="quiet" aria-label=${t("logs.levels.end.label", { logger })} @click=${usual}>${t("logs.levels.end")}</button>
  </li>`;
}

function howMuch() {
  return html`<section aria-labelledby="levels-title">
    <h2 id="levels-title">${t("logs.levels")}</h2>
    <p class="detail">${t("logs.levels.words")}</p>
    <form id="level-form" class="filters" @submit=${chooseLevel}>
      <div class="wide"><label for="level-logger">${t("logs.levels.whose")}</label>
        <select id="level-logger" name="logger">
          <option value=${BOX}>${t("logs.levels.box")}</option>
          ${handlers().map(({ file, className }) => html`<option value=${className}>${file}</option>`)}
        </select></div>
      <div><label for="level-level">${t("logs.level")}</label>
        <select id="level-level" name="level">
          ${LEVELS.map((each) => html`<option value=${each} .selected=${each === "debug"}>${each}</option>`)}
        </select></div>
      <button ?disabled=${levelling.busy}>${t("logs.levels.do")}</button>
    </form>
    ${levelling.view("level-answer")}
    <ul id="levels" class="sites">${(levels ?? []).map(different)}</ul>
  </section>`;
}

export const page = {
  title: "logs.title",

  opened() {
    here = true;
    document.addEventListener("visibilitychange", follow);
    follow();
  },

  closed() {
    here = false;
    held = null;
    levels = null;
    attempt.say("");
    levelling.say("");
    document.removeEventListener("visibilitychange", follow);
    log.close();
  },

  view({ session }) {
    if (!session.loggedIn) {
      log.close();
      return html`<section>
        <p id="log-locked">${t("logs.locked")}</p>
        <p class="row"><button id="log-login" type="button" @click=${logIn}>${t("login.in")}</button></p>
        ${attempt.view("log-answer")}
      </section>`;
    }
    follow();
    return html`
      <section aria-label=${t("logs.title")}>
        ${filters()}
        ${controls()}
        ${attempt.view("log-answer")}
        ${records()}
      </section>
      ${howMuch()}`;
  },
};
