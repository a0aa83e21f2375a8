// The handlers' files, the interfaces, and what does not end.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { Attempt } from "../parts/attempt.js";
import { badge, clock } from "../parts/show.js";
import { trouble } from "../parts/trouble.js";
import { t } from "../words.js";

const attempt = new Attempt();

function diagnostics(all) {
  return all.length === 0
    ? nothing
    : html`<ul class="diagnostics">${all.map(
        (each) => html`<li data-severity=${each.severity}>
          ${each.line > 0 ? html`<span class="code">${each.line}:${each.column}</span>` : nothing}
          ${each.severity}: ${each.message}
          ${each.source ? html`<code class="source">${each.source}</code>` : nothing}
        </li>`,
      )}</ul>`;
}

function handlerRow(handler) {
  const { running } = handler;
  return html`<tr data-handler=${handler.file}>
    <td class="file">${handler.file}${diagnostics(handler.diagnostics)}</td>
    <td>${handler.kind}</td>
    <td>${badge(handler.state)}
      ${running ? html`<p class="detail">${t("handlers.running", { time: clock(running.since) })}</p>${diagnostics(running.diagnostics)}` : nothing}
    </td>
    <td>${handler.compiler === "builtin" ? t("handlers.builtin") : handler.compiler}</td>
    <td>${handler.connectionType}</td>
    <td>${handler.priority}</td>
  </tr>`;
}

function interfaceRow(each) {
  return html`<tr data-interface=${each.className}>
    <td class="file">${each.className}</td>
    <td>${each.connectionType}</td>
    <td>${badge(each.state)}
      ${each.detail ? html`<p class="detail">${each.detail}</p>` : nothing}
      ${trouble(each, { interface: each.className })}</td>
    <td>${each.devices}</td>
    <td>${each.lastDetection === null ? "" : clock(each.lastDetection)}</td>
  </tr>`;
}

function table(id, columns, rows) {
  return html`<div class="scroll" role="region" aria-labelledby="${id}-title" tabindex="0"><table>
    <thead><tr>${columns.map((key) => html`<th scope="col">${t(key)}</th>`)}</tr></thead>
    <tbody id="${id}-rows">${rows}</tbody>
  </table></div>`;
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
              time: clock(call.since),
            })}
            <pre data-role="stack" tabindex="0">${call.stack.join("\n")}</pre></li>`,
        )}</ul>
      </section>`;
}

function skipped(handlers) {
  return handlers.length === 0
    ? nothing
    : html`<section id="skipped" aria-labelledby="skipped-title">
        <h2 id="skipped-title">${t("handlers.skipped")} <span class="count">${handlers.length}</span></h2>
        <ul id="skipped-files">${handlers.map(
          (each) => html`<li data-handler=${each.file}><span class="file">${each.file}</span>
            <span class="detail">${each.diagnostics.map((one) => one.message).join(" ")}</span></li>`,
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

function reload() {
  attempt.run(t("shell.moment"), () => change("POST", "/api/handlers/reload"), t("handlers.reloading"));
}

export const page = {
  title: "handlers.title",

  view({ status }) {
    const failedFirst = (each) => (each.state === "failed" ? 0 : 1);
    const shown = status.handlers.filter((each) => each.state !== "skipped");
    shown.sort((a, b) => failedFirst(a) - failedFirst(b));
    return html`
      <p class="row"><button id="reload" type="button" ?disabled=${status.odoo.state === "unpaired"} @click=${reload}>${t("handlers.reload")}</button></p>
      ${attempt.view("reload-answer")}
      <section id="handlers" aria-labelledby="handler-title">
        <h2 id="handler-title">${t("handlers.files")} <span class="count">${shown.length}</span></h2>
        ${table(
          "handler",
          ["handlers.file", "handlers.kind", "handlers.state", "handlers.compiler", "handlers.connection", "handlers.priority"],
          shown.map(handlerRow),
        )}
      </section>
      ${overdue(status.overdue)}
      ${leftovers(status.leftovers)}
      ${skipped(status.handlers.filter((each) => each.state === "skipped"))}
      <section id="interfaces" aria-labelledby="interface-title">
        <h2 id="interface-title">${t("handlers.interfaces")} <span class="count">${status.interfaces.length}</span></h2>
        ${table(
          "interface",
          ["handlers.class", "handlers.connection", "handlers.state", "handlers.devices", "handlers.asked"],
          status.interfaces.map(interfaceRow),
        )}
      </section>`;
  },
};
