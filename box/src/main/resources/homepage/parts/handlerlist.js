// All files of handlers.
import { html, nothing } from "../lib/lit-html.js";
import { repeat } from "../lib/directives/repeat.js";
import { href, redraw } from "../store.js";
import { t } from "../words.js";
import { compilerWords, inTrouble, kindWords, shortHash, stateWords } from "./handler.js";
import { badge, said } from "./show.js";

/** Whether only those in trouble are shown. */
let troubledOnly = false;

function show(only) {
  troubledOnly = only;
  redraw();
}

function choice(only, key, count) {
  return html`<label class="check"><input type="radio" name="handler-filter" value=${only ? "trouble" : "all"}
    .checked=${troubledOnly === only} @change=${() => show(only)}> ${t(key, { number: count })}</label>`;
}

function first(handler) {
  const worst = handler.diagnostics.find((each) => each.severity === "error") ?? handler.diagnostics[0];
  if (!worst) {
    return nothing;
  }
  const more = handler.diagnostics.length - 1;
  return html`<p class="diagnostic" data-severity=${worst.severity}>
    ${worst.line > 0 ? html`<span class="code">${worst.line}:${worst.column}</span>` : nothing} ${worst.message}
    ${more > 0 ? t("handlers.more", { count: more }) : nothing}</p>`;
}

function row(handler) {
  const facts = [kindWords(handler), handler.className, compilerWords(handler)].filter(said).join(" · ");
  return html`<li data-handler=${handler.file}>
    <div class="row"><a class="file" href=${href("handlers", handler.file)}>${handler.file}</a> ${badge(handler.state)}</div>
    <p>${stateWords(handler)}</p>
    ${first(handler)}
    <p class="detail">${facts}${handler.hash ? html` · <span class="code" data-role="hash">${shortHash(handler.hash)}</span>` : nothing}</p>
  </li>`;
}

/** Those in trouble first, those that came with the box last. */
function order(handler) {
  return inTrouble(handler) ? 0 : handler.compiler === "builtin" ? 2 : 1;
}

/** The list, which people may narrow down; what is not run here stands apart, as it is no fault. */
export function handlerList(handlers) {
  const run = handlers.filter((each) => each.state !== "skipped");
  const troubled = run.filter(inTrouble);
  const shown = [...(troubledOnly ? troubled : run)].sort((a, b) => order(a) - order(b));
  const skipped = handlers.filter((each) => each.state === "skipped");
  return html`<section id="handlers" aria-labelledby="handler-title">
      <h2 id="handler-title">${t("handlers.files")} <span class="count">${run.length}</span></h2>
      <fieldset class="row plain"><legend class="unseen">${t("handlers.filter")}</legend>
        ${choice(false, "handlers.filter.all", run.length)}${choice(true, "handlers.filter.trouble", troubled.length)}</fieldset>
      ${shown.length === 0 ? html`<p id="no-handlers">${t(troubledOnly ? "handlers.fine" : "handlers.none")}</p>` : nothing}
      <ul id="handler-rows" class="handlers">${repeat(shown, (each) => each.file, row)}</ul>
    </section>
    ${
      skipped.length === 0
        ? nothing
        : html`<section id="skipped" aria-labelledby="skipped-title">
            <h2 id="skipped-title">${t("handlers.skipped")} <span class="count">${skipped.length}</span></h2>
            <p class="detail">${t("handlers.skipped.words")}</p>
            <details><summary>${t("handlers.skipped.show")}</summary>
              <ul id="skipped-files">${skipped.map(
                (each) => html`<li data-handler=${each.file}><a class="file" href=${href("handlers", each.file)}>${each.file}</a>
                  <span class="detail">${stateWords(each)}</span></li>`,
              )}</ul></details>
          </section>`
    }`;
}
