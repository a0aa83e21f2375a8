// The part of a device's card that says how it comes by its driver, and lets a person decide.
import { change } from "./api.js";
import { clock, element, say } from "./dom.js";

const ANY = "whichever recognises it";
const OPTION = "(set when the box was started; it can be changed there only)";

/** The drivers that there are, by the connection type of their devices. */
const drivers = new Map();

const choices = new Set();

export function showDrivers(handlers) {
  drivers.clear();
  for (const { kind, className, connectionType } of handlers) {
    if (kind === "driver" && className) {
      drivers.set(connectionType, [...(drivers.get(connectionType) ?? []), className].sort());
    }
  }
  choices.forEach((choice) => choice.draw());
}

export class Selection {
  constructor(identifier) {
    this.identifier = identifier;
    this.device = null;
    this.drawn = "";
    this.driver = element("select", { "data-role": "pin" });
    this.probe = element("input", { "data-role": "probe", type: "checkbox" });
    this.words = element("p", { "data-role": "selection-words", class: "detail", hidden: true });
    this.answer = element("p", { "data-role": "selection-answer", role: "status", hidden: true });
    this.root = element(
      "details",
      { "data-role": "selection" },
      element("summary", { textContent: "Choice of the driver" }),
      element("label", {}, "Driver", this.driver),
      element("label", { class: "check" }, this.probe, "Ask drivers whether they recognise it"),
      this.words,
      this.answer,
    );
    this.driver.addEventListener("change", () => this.decide("pin", { driver: this.driver.value || null }));
    this.probe.addEventListener("change", () => this.decide("probing", { probe: this.probe.checked }));
    choices.add(this);
  }

  show(device) {
    this.device = device;
    this.draw();
  }

  draw() {
    if (!this.device) {
      return;
    }
    const { pin, probing, connectionType } = this.device;
    const known = drivers.get(connectionType) ?? [];
    const names = pin && !known.includes(pin.driver) ? [pin.driver, ...known] : known;
    // A reader may have the list open: only what changed is drawn again.
    const drawn = JSON.stringify([names, pin, probing]);
    if (drawn === this.drawn) {
      return;
    }
    this.drawn = drawn;
    this.driver.replaceChildren(
      element("option", { value: "", textContent: ANY }),
      ...names.map((name) => element("option", { value: name, textContent: name })),
    );
    this.driver.value = pin?.driver ?? "";
    this.driver.disabled = pin?.by === "option";
    this.probe.checked = probing.allowed;
    this.probe.disabled = probing.by === "option";
    const words = [];
    if (pin?.by === "option") {
      words.push(`The driver is fixed by --pin ${OPTION}.`);
    }
    if (probing.by === "option") {
      words.push(`It is left alone by --no-probe ${OPTION}.`);
    }
    if (probing.next) {
      words.push(`Drivers are asked again at ${clock(probing.next)}.`);
    }
    say(this.words, words.join(" "));
    if (pin || !probing.allowed) {
      this.root.open = true;
    }
  }

  async decide(what, decision) {
    try {
      say(this.answer, "");
      await change("POST", `/api/devices/${what}`, { identifier: this.identifier, ...decision });
    } catch (refusal) {
      say(this.answer, refusal.message);
    }
    this.drawn = ""; // Shows what is, also where it was refused.
    document.dispatchEvent(new Event("changed"));
    this.draw();
  }

  forget() {
    choices.delete(this);
  }
}
