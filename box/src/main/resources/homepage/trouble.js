// What gives trouble: where it hangs, and a button to have it tried again at once.
import { change } from "./api.js";
import { element, say } from "./dom.js";

const TROUBLED = ["failed", "stalled", "quarantined", "unsupported"];

export class Trouble {
  /** @param target what to send: {identifier} of a device, or {interface}, its class */
  constructor(target) {
    this.frames = element("pre", { "data-role": "stack", tabIndex: 0 });
    this.stack = element(
      "details",
      { hidden: true },
      element("summary", { textContent: "Where it hangs" }),
      this.frames,
    );
    this.answer = element("p", { role: "status", class: "detail", hidden: true });
    this.button = element("button", { type: "button", class: "quiet", "data-role": "retry", textContent: "Try again now" });
    this.root = element("div", { "data-role": "trouble", hidden: true }, this.stack, this.button, this.answer);
    this.button.addEventListener("click", () => this.retry(target));
  }

  /** @param entry of the status */
  show(entry) {
    const troubled = TROUBLED.includes(entry.state) || entry.faults > 0;
    this.root.hidden = !troubled;
    this.stack.hidden = entry.stack.length === 0;
    say(this.frames, entry.stack.join("\n"));
    if (!troubled) {
      say(this.answer, "");
    }
  }

  async retry(target) {
    this.button.disabled = true;
    try {
      await change("POST", "/api/devices/retry", target);
      say(this.answer, "It is tried again.");
    } catch (refusal) {
      say(this.answer, refusal.message);
    } finally {
      this.button.disabled = false;
    }
    document.dispatchEvent(new Event("changed"));
  }
}
