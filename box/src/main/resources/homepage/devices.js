// One card for each device: what it is, what it says, and a form to make it act.
import { act, SESSION } from "./api.js";
import { clock, element, facts, say, showState } from "./dom.js";
import { Selection } from "./selection.js";
import { Trouble } from "./trouble.js";

const EVENTS_SHOWN = 20;
const LONGEST_TEXT = 200;
const SENT = "Sent.";
const ENVELOPE = ["device_identifier", "session_id", "owner", "iot_box_identifier", "time"];

/** By identifier. */
const cards = new Map();

/** The identifiers of the devices that a driver has, which are those that can tell something. */
export function openDevices() {
  return [...cards.values()].filter((card) => card.open).map((card) => card.identifier);
}

export function showDevices(devices) {
  const present = new Set(devices.map((device) => device.identifier));
  for (const [identifier, card] of cards) {
    if (!present.has(identifier)) {
      card.root.remove();
      card.selection.forget();
      cards.delete(identifier);
    }
  }
  for (const device of devices) {
    let card = cards.get(device.identifier);
    if (!card) {
      card = new Card(device.identifier);
      cards.set(device.identifier, card);
      document.getElementById("device-cards").append(card.root);
    }
    card.show(device);
  }
  say(document.getElementById("device-count"), String(devices.length));
  document.getElementById("no-devices").hidden = devices.length > 0;
}

export function showEvent(event) {
  cards.get(event.device_identifier)?.hear(event);
}

function short(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function said(value) {
  return value !== undefined && value !== null && value !== "";
}

class Card {
  constructor(identifier) {
    this.identifier = identifier;
    this.open = false;
    this.actions = "";
    this.selection = new Selection(identifier);
    this.trouble = new Trouble({ identifier });
    const role = (tag, name, properties = {}, ...children) => {
      this[name] = element(tag, { "data-role": name, ...properties }, ...children);
      return this[name];
    };
    const labelled = (label, field) => element("label", {}, label, field);
    this.root = element(
      "article",
      { "data-device": identifier },
      element("header", {}, role("h3", "name"), role("span", "state", { class: "state" })),
      role("p", "value", { class: "value", textContent: "–" }),
      role("dl", "about"),
      role("p", "detail", { class: "detail", hidden: true }),
      this.trouble.root,
      role(
        "form",
        "form",
        {},
        element(
          "div",
          { class: "fields" },
          labelled("Action", role("select", "action")),
          labelled(
            "Parameters (JSON)",
            role("input", "parameters", { placeholder: '{"value": 1}', autocomplete: "off", spellcheck: false }),
          ),
        ),
        role("button", "send", { textContent: "Send" }),
      ),
      role("p", "answer", { role: "status", hidden: true }),
      this.selection.root,
      role(
        "details",
        "history",
        { open: true, hidden: true },
        element("summary", { textContent: "Events" }),
        role("ol", "events", { class: "events" }),
      ),
    );
    this.form.addEventListener("submit", (submit) => {
      submit.preventDefault();
      this.submit();
    });
  }

  show(device) {
    this.open = device.driver !== null;
    say(this.name, device.name);
    showState(this.state, device.state);
    say(this.detail, device.detail);
    this.trouble.show(device);
    facts(this.about, [
      ["Identifier", device.identifier],
      ["Type", [device.type, device.subtype].filter(said).join(", ")],
      ["Connection", device.connection],
      ["Made by", device.manufacturer],
      ["Driver", device.driver],
    ]);
    const actions = JSON.stringify(device.actions);
    if (actions !== this.actions) {
      this.actions = actions;
      this.action.replaceChildren(
        ...device.actions.map((name) => element("option", { value: name, textContent: name || "(without a name)" })),
      );
    }
    this.form.hidden = device.actions.length === 0;
    this.value.hidden = !this.open;
    this.selection.show(device);
  }

  async submit() {
    try {
      const text = this.parameters.value.trim();
      const parameters = text === "" ? {} : JSON.parse(text);
      if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) {
        throw new Error('The parameters must be a JSON object, such as {"value": 1}.');
      }
      say(this.answer, SENT);
      const taken = await act(this.identifier, { ...parameters, action: this.action.value });
      if (!taken) {
        say(this.answer, "The device did not take it: it is gone, or takes none now.");
      } else if (this.answer.textContent === SENT) {
        // Its event may have been faster than this answer.
        say(this.answer, "The device took it.");
      }
    } catch (failure) {
      const reason = failure instanceof SyntaxError ? "The parameters are not valid JSON: " : "";
      say(this.answer, reason + failure.message);
    }
  }

  hear(event) {
    const value = said(event.value) ? event.value : event.result;
    if (said(value)) {
      say(this.value, short(value));
    }
    // The end of an action; drivers may have a "status" of their own, which is an object.
    if (event.owner === SESSION && typeof event.status === "string") {
      say(this.answer, said(event.result) ? `${event.status}: ${short(event.result)}` : event.status);
    }
    const told = Object.fromEntries(
      Object.entries(event).filter(([name, content]) => !ENVELOPE.includes(name) && said(content)),
    );
    this.history.hidden = false;
    this.events.prepend(
      element("li", {}, element("time", { textContent: clock(event.time * 1000) }), " ", short(told)),
    );
    while (this.events.children.length > EVENTS_SHOWN) {
      this.events.lastChild.remove();
    }
  }
}
