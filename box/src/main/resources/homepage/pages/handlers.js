// The handlers' files, each by itself, what reloads did, the interfaces, and what does not end.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { Attempt } from "../parts/attempt.js";
import { forgetSource, handlerFile } from "../parts/handlerfile.js";
import { handlerList } from "../parts/handlerlist.js";
import { outcome, reloads } from "../parts/reloads.js";
import { badge, clock, moment } from "../parts/show.js";
import { trouble } from "../parts/trouble.js";
import { href, redraw, state } from "../store.js";
import { t } from "../words.js";

/** After this long without anything new there is nothing new. */
const ANSWER_MILLIS = 8000;

const attempt = new Attempt();

/** The last reload before the one that a person waits for: {at, until}; null if nobody waits. */
let awaited = null;

async function reload() {
  const before = state.status.reloads[0]?.at ?? null;
  awaited = null;
  if (await attempt.run(t("shell.moment"), () => change("POST", "/api/handlers/reload"), t("handlers.reloading"))) {
    awaited = { at: before, until: Date.now() + ANSWER_MILLIS };
    setTimeout(redraw, ANSWER_MILLIS + 100);
  }
}

/** Says what came of it, as soon as that is known, and as long as devices are still being opened. */
function tellOutcome({ reloads: [last], odoo }) {
  if (!awaited) {
    return;
  }
  const came = last && last.at !== awaited.at;
  const late = Date.now() >= awaited.until;
  const words = came ? outcome(last) : late ? [t("handlers.nothing"), odoo.detail].filter(Boolean).join(" ") : attempt.words;
  if (late) {
    awaited = null;
  }
  if (words !== attempt.words) {
    attempt.say(words);
  }
}

function interfaceRow(each) {
  return html`<li data-interface=${each.className}>
    <div class="row"><span class="file">${each.className}</span> ${badge(each.state)}</div>
    <p>${t("handlers.lists", { count: each.devices })}
      ${each.lastDetection === null ? t("handlers.asked.never") : t("handlers.asked", { time: clock(each.lastDetection) })}</p>
    ${each.detail ? html`<p class="detail">${each.detail}</p>` : nothing}
    <p class="detail">${t("handlers.connection.is", { type: each.connectionType })}</p>
    ${trouble(each, { interface: each.className })}
  </li>`;
}

function overdue(calls) {
  return calls.length === 0
    ? nothing
    : html`<section id="overdue" aria-labelledby="overdue-title">
        <h2 id="overdue-title">${t("handlers.overdue")} <span class="count">${calls.length}</span></h2>
        <p class="detail">${t("handlers.overdue.words")}</p>
        <ul id="overdue-calls">${calls.map(
          (call) => html`<li data-handler-class=${call.className}>
            ${t(call.device === null ? "handlers.call" : "handlers.call.device", {
              call: `${call.className}.${call.call}`,
              device: call.device,
              time: moment(call.since),
            })}
            <pre data-role="stack" tabindex="0">${call.stack.join("\n")}</pre></li>`,
        )}</ul>
      </section>`;
}

function leftovers(all) {
  return all.length === 0
    ? nothing
    : html`<section id="leftovers" aria-labelledby="leftovers-title">
        <h2 id="leftovers-title">${t("handlers.leftovers")} <span class="count">${all.length}</span></h2>
        <p class="detail">${t("handlers.leftovers.words")}</p>
        <ul>${all.map((each) => html`<li>${each.what} <span class="detail">${[each.driver, each.file].filter(Boolean).join(", ")}</span></li>`)}</ul>
      </section>`;
}

function list(status) {
  const unpaired = status.odoo.state === "unpaired";
  tellOutcome(status);
  return html`
    <p class="row"><button id="reload" type="button" ?disabled=${unpaired} @click=${reload}>${t("handlers.reload")}</button>
      ${unpaired ? html`<span class="detail">${t("handlers.reload.unpaired")}</span>` : nothing}</p>
    ${attempt.view("reload-answer")}
    ${overdue(status.overdue)}
    ${leftovers(status.leftovers)}
    ${handlerList(status.handlers)}
    ${reloads(status.reloads)}
    <section id="interfaces" aria-labelledby="interface-title">
      <h2 id="interface-title">${t("handlers.interfaces")} <span class="count">${status.interfaces.length}</span></h2>
      <ul id="interface-rows" class="handlers">${status.interfaces.map(interfaceRow)}</ul>
    </section>`;
}

/** The file that the address names; its folders may stand there as they are. */
function fileIn(args) {
  return args.join("/");
}

export const page = {
  title: "handlers.title",

  heading({ args }) {
    return args.length > 0 ? fileIn(args) : t("handlers.title");
  },

  opened() {
    forgetSource();
  },

  view({ status, args }) {
    if (args.length === 0) {
      return list(status);
    }
    const file = fileIn(args);
    const handler = status.handlers.find((each) => each.file === file);
    return html`<p><a href=${href("handlers")}>${t("handlers.all")}</a></p>
      ${handler ? handlerFile(handler) : html`<p id="handler-gone">${t("handlers.gone", { file })}</p>`}`;
  },
};
