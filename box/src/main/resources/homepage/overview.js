// The parts of the page that only show: the box itself, its handlers, its interfaces.
import { clock, element, facts, say, showState } from "./dom.js";
import { Trouble } from "./trouble.js";

const byId = (id) => document.getElementById(id);

function duration(seconds) {
  const units = [["d", 86400], ["h", 3600], ["min", 60]];
  for (const [unit, length] of units) {
    if (seconds >= length) {
      return `${Math.floor(seconds / length)} ${unit}`;
    }
  }
  return "less than a minute";
}

const CERTIFICATES = {
  own: "Certificate: your own.",
  odoo: "Certificate: from Odoo, renewed by itself.",
  "self-signed":
    "Certificate: made by this box. Browsers warn of it: open the address once in each browser and allow it.",
};

const NO_HTTPS = "Pages of an Odoo on HTTPS cannot use this box without it.";

function httpsWords(https) {
  if (!https) {
    return `Off, as the box was started without it. ${NO_HTTPS}`;
  }
  if (!https.port) {
    return https.detail ? `Not served. ${NO_HTTPS}` : "Being prepared; this takes some seconds.";
  }
  const until = new Date(https.validUntil).toLocaleDateString();
  return `${CERTIFICATES[https.certificate]} Good until ${until}.`;
}

export function showHttps(https) {
  const port = https?.port;
  const url = `https://${https?.domain ?? location.hostname}${port === 443 ? "" : `:${port}`}`;
  facts(byId("https-facts"), [["HTTPS", port ? element("a", { href: url, textContent: url }) : "no"]]);
  say(byId("https-words"), httpsWords(https));
  say(byId("https-detail"), https?.detail);
}

export function showBox(box) {
  say(byId("box-identifier"), box.identifier);
  facts(byId("box-facts"), [
    ["Identifier", box.identifier],
    ["Addresses", box.addresses.join(", ")],
    ["Version", box.version],
    ["Running for", duration(box.uptimeSeconds)],
  ]);
}

function state(word) {
  const badge = element("span", { class: "state" });
  showState(badge, word);
  return badge;
}

function cell(content, properties = {}) {
  return element("td", properties, content ?? "");
}

function diagnostics(handler) {
  return element(
    "ul",
    { class: "diagnostics" },
    ...handler.diagnostics.map((diagnostic) =>
      element(
        "li",
        { "data-severity": diagnostic.severity },
        diagnostic.line > 0
          ? element("span", { class: "code", textContent: `${diagnostic.line}:${diagnostic.column} ` })
          : "",
        `${diagnostic.severity}: ${diagnostic.message}`,
        diagnostic.source
          ? element("code", { class: "source", textContent: diagnostic.source })
          : "",
      ),
    ),
  );
}

function handlerRow(handler) {
  const file = cell(handler.file, { class: "file" });
  if (handler.diagnostics.length > 0) {
    file.append(diagnostics(handler));
  }
  const stateCell = cell(state(handler.state));
  if (handler.running) {
    const since = clock(handler.running.since);
    stateCell.append(
      element("div", { class: "detail", textContent: `The version of ${since} runs.` }),
    );
    if (handler.running.diagnostics.length > 0) {
      stateCell.append(diagnostics(handler.running)); // Of the version that runs.
    }
  }
  return element(
    "tr",
    { "data-handler": handler.file },
    file,
    cell(handler.kind),
    stateCell,
    cell(handler.compiler === "builtin" ? "came with the box" : handler.compiler),
    cell(handler.connectionType),
    cell(handler.priority === null ? "" : String(handler.priority)),
  );
}

export function showHandlers(handlers) {
  const skipped = handlers.filter((handler) => handler.state === "skipped");
  const others = handlers.filter((handler) => handler.state !== "skipped");
  const failedFirst = (handler) => (handler.state === "failed" ? 0 : 1);
  others.sort((a, b) => failedFirst(a) - failedFirst(b));
  say(byId("handler-count"), String(others.length));
  byId("handler-rows").replaceChildren(...others.map(handlerRow));
  byId("skipped").hidden = skipped.length === 0;
  say(byId("skipped-count"), String(skipped.length));
  byId("skipped-files").replaceChildren(
    ...skipped.map((handler) =>
      element("li", { "data-handler": handler.file }, handler.file, " ", element("span", {
        class: "detail",
        textContent: handler.diagnostics.map((diagnostic) => diagnostic.message).join(" "),
      })),
    ),
  );
}

export function showOverdue(calls) {
  byId("overdue").hidden = calls.length === 0;
  say(byId("overdue-count"), String(calls.length));
  byId("overdue-calls").replaceChildren(
    ...calls.map((call) =>
      element(
        "li",
        { "data-handler-class": call.className },
        `${call.className}.${call.call}${call.device === null ? "" : ` of ${call.device}`}, since ${clock(call.since)}`,
        element("pre", { "data-role": "stack", tabIndex: 0, textContent: call.stack.join("\n") }),
      ),
    ),
  );
}

/** By class; kept, as somebody may be reading a stack while the rows are drawn again. */
const troubles = new Map();

function troubleOf(listing) {
  const trouble = troubles.get(listing.className) ?? new Trouble({ interface: listing.className });
  troubles.set(listing.className, trouble);
  trouble.show(listing);
  return trouble.root;
}

export function showInterfaces(interfaces) {
  say(byId("interface-count"), String(interfaces.length));
  byId("interface-rows").replaceChildren(
    ...interfaces.map((listing) => {
      const stateCell = cell(state(listing.state));
      if (listing.detail) {
        stateCell.append(element("div", { class: "detail", textContent: listing.detail }));
      }
      stateCell.append(troubleOf(listing));
      return element(
        "tr",
        { "data-interface": listing.className },
        cell(listing.className, { class: "file" }),
        cell(listing.connectionType),
        stateCell,
        cell(String(listing.devices)),
        cell(listing.lastDetection === null ? "" : clock(listing.lastDetection)),
      );
    }),
  );
}
