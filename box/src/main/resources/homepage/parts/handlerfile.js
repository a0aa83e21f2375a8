// One file of a handler: how it is doing, what was said about it, its source.
import { html, nothing } from "../lib/lit-html.js";
import { get } from "../api.js";
import { href, redraw, state } from "../store.js";
import { t } from "../words.js";
import { Attempt } from "./attempt.js";
import { compilerWords, failsAtWork, kindWords, shortHash, stateWords } from "./handler.js";
import { ownerToken, refreshSession } from "./login.js";
import { badge, facts, moment } from "./show.js";
import { goToLine, position, severity, Source } from "./source.js";

const attempt = new Attempt();

/** The sources that are shown: {key, answer, source}, key being the version; null before they are here. */
let shown = null;

/** The version that is being fetched. */
let fetching = null;

/** Another file is looked at: nothing of the former one is kept. */
export function forgetSource() {
  shown = null;
  fetching = null;
  attempt.say("");
}

/** What a source is fetched again for. */
function version({ file, hash, running }) {
  return JSON.stringify([file, hash, running?.hash ?? null]);
}

async function fetchSource(handler) {
  const key = version(handler);
  if (fetching === key) {
    return;
  }
  fetching = key;
  try {
    const answer = await get(`/api/handlers/source?file=${encodeURIComponent(handler.file)}`);
    if (fetching === key) {
      const other = answer.running && answer.running.hash !== answer.hash;
      const source =
        answer.text === null ? null : new Source(answer.text, other && answer.running.text !== null ? answer.running.text : null);
      shown = { key, answer, source };
      attempt.say("");
    }
  } catch (refusal) {
    if (fetching === key) {
      attempt.say(refusal.message, "refusal");
    }
    refreshSession(); // It may have ended.
  }
}

function logIn() {
  attempt.run("", async () => void (await ownerToken()), "");
}

function messageRow(diagnostic, source) {
  const goes = source && diagnostic.line > 0;
  const place = diagnostic.column > 0 ? "handlers.place" : "handlers.place.line";
  const words = diagnostic.line > 0 ? t(place, { line: diagnostic.line, column: diagnostic.column }) : null;
  return html`<li data-severity=${diagnostic.severity}>
    <strong>${severity(diagnostic)}</strong>
    ${
      goes
        ? html`<button type="button" class="link" data-line=${diagnostic.line} @click=${() => goToLine(source.place(diagnostic.line))}>${words}</button>`
        : words
          ? html`<span class="code" title=${position(diagnostic)}>${words}</span>`
          : nothing
    }
    ${diagnostic.message}
    ${!goes && diagnostic.source ? html`<code class="quoted">${diagnostic.source}</code>` : nothing}
  </li>`;
}

function messages(id, title, all, source) {
  return all.length === 0
    ? nothing
    : html`<section id=${id} aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title} <span class="count">${all.length}</span></h2>
        <ol class="messages">${all.map((each) => messageRow(each, source))}</ol>
      </section>`;
}

function devicesOf({ className }) {
  const driven = className === null ? [] : state.status.devices.filter((each) => each.driver === className);
  return driven.length === 0
    ? null
    : html`<ul class="plain">${driven.map(
        (each) => html`<li><a href=${href("devices", each.identifier)}>${each.name}</a> ${badge(each.state)}</li>`,
      )}</ul>`;
}

function about(handler) {
  return html`<section id="handler-state" aria-labelledby="state-title">
    <h2 id="state-title">${t("handlers.state")} ${badge(handler.state)}</h2>
    <p id="handler-words" role="status">${stateWords(handler)}</p>
    ${facts([
      [t("handlers.kind"), kindWords(handler)],
      [t("handlers.class"), handler.className],
      [t("handlers.compiler"), compilerWords(handler)],
      [t("handlers.connection"), handler.connectionType],
      [t("handlers.priority"), handler.priority],
      [t("handlers.since"), moment(handler.since)],
      [t("handlers.hash"), handler.hash === null ? null : html`<code class="hash" data-role="hash">${handler.hash}</code>`],
      [t("handlers.driven"), devicesOf(handler)],
    ])}
  </section>`;
}

function titles({ running, hash }) {
  return {
    former: t("handlers.version.running", { time: moment(running.since), hash: shortHash(running.hash) }),
    next: t("handlers.version.offered", { hash: shortHash(hash) }),
  };
}

function sourceBody(handler, current) {
  if (!state.session.loggedIn) {
    return html`<p>${t("handlers.source.owner")}</p>
      <p><button id="show-source" type="button" @click=${logIn}>${t("handlers.source.show")}</button></p>`;
  }
  if (!shown) {
    return html`<p class="detail">${t("handlers.source.loading")}</p>`;
  }
  if (!shown.source) {
    return html`<p>${t("handlers.source.none")}</p>`;
  }
  const { running } = shown.answer;
  const same = running && running.hash === shown.answer.hash;
  // While a newer version is being fetched what is known of it does not fit the older text.
  const said = current ? handler.diagnostics : [];
  return html`${same ? html`<p>${t("handlers.source.same")}</p>` : nothing}
    ${running && !same ? html`<p>${t("handlers.source.compared")}</p>` : nothing}
    ${shown.source.view(t("handlers.source.of", { file: handler.file }), said, handler.running ? titles(handler) : undefined)}`;
}

/** The page of this file. */
export function handlerFile(handler) {
  const current = shown?.key === version(handler);
  const hasSource = handler.hash !== null;
  if (!state.session.loggedIn) {
    shown = null;
    fetching = null; // Whoever logs in again gets it anew.
  } else if (hasSource && !current) {
    fetchSource(handler).then(redraw);
  }
  const source = current && state.session.loggedIn ? shown.source : null;
  return html`${about(handler)}
    ${messages("messages", t(failsAtWork(handler) ? "handlers.faults" : "handlers.messages"), handler.diagnostics, source)}
    ${messages("running-messages", t("handlers.messages.running"), handler.running?.diagnostics ?? [], null)}
    ${
      hasSource
        ? html`<section id="source" aria-labelledby="source-title">
            <h2 id="source-title">${t("handlers.source")}</h2>
            ${attempt.view("source-answer")}
            ${sourceBody(handler, current)}
          </section>`
        : nothing
    }`;
}
