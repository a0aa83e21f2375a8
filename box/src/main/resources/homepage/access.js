// Which sites' pages may use the devices: questions to the owner, and what was answered.
import { change } from "./api.js";
import { attemptAt, element, say, showState } from "./dom.js";

const WORDS = {
  allowed: "allowed",
  refused: "refused",
  paired: "the paired Odoo",
  option: "allowed at the start",
};

const byId = (id) => document.getElementById(id);

let shown = "";

function button(text, properties, work) {
  const made = element("button", { type: "button", textContent: text, ...properties });
  made.addEventListener("click", work);
  return made;
}

function answer(origin, allowed) {
  return attemptAt(
    byId("access-answer"),
    "One moment.",
    () => change("POST", "/api/origins", { origin, allowed }),
    allowed ? `Pages of ${origin} may use the devices now.` : `Pages of ${origin} stay refused and ask no more.`,
  );
}

function question({ origin }) {
  return element(
    "li",
    { "data-origin": origin },
    element("p", {}, "A page of ", element("strong", { textContent: origin }), " wants to use this box's devices."),
    element(
      "p",
      { class: "row" },
      button("Allow", { "aria-label": `Allow ${origin}` }, () => answer(origin, true)),
      button("Refuse", { "aria-label": `Refuse ${origin}`, class: "quiet" }, () => answer(origin, false)),
    ),
  );
}

function site({ origin, state }) {
  const badge = element("span", { class: "state" });
  showState(badge, state);
  say(badge, WORDS[state]);
  const row = element("li", { "data-origin": origin }, element("span", { textContent: origin === "*" ? "all sites" : origin }), badge);
  if (state === "allowed" || state === "refused") {
    row.append(
      button("Take back", { "aria-label": `Take back: ${origin}`, class: "quiet" }, () =>
        attemptAt(
          byId("access-answer"),
          "One moment.",
          () => change("DELETE", "/api/origins", { origin }),
          `What was said of ${origin} is taken back; its pages ask again.`,
        ),
      ),
    );
  }
  return row;
}

export function showAccess({ origins }) {
  // Not when only a time differs: somebody may be about to press a button.
  const key = JSON.stringify(origins.map(({ origin, state }) => [origin, state]));
  if (key === shown) {
    return;
  }
  shown = key;
  const asking = origins.filter(({ state }) => state === "asking");
  const known = origins.filter(({ state }) => state !== "asking");
  const section = byId("access");
  if (asking.length > 0 && section.previousElementSibling) {
    section.parentElement.prepend(section); // Who opens the page because of it sees it first.
  }
  byId("questions").replaceChildren(...asking.map(question));
  byId("sites").replaceChildren(...known.map(site));
  byId("no-sites").hidden = origins.length > 0;
}
