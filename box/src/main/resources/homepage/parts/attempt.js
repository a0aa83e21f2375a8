import { html } from "../lib/lit-html.js";
import { redraw } from "../store.js";

/** Something that a person has the box do, and the place that says what came of it. */
export class Attempt {
  words = "";
  kind = "";
  /** Whether it goes on now. */
  busy = false;

  /** Does the work and says what comes of it, which stays until the next time; whether it was done. */
  async run(meanwhile, work, done) {
    this.say(meanwhile, "");
    this.busy = true;
    try {
      const answer = await work();
      this.say(typeof done === "function" ? done(answer) : done, "");
      return true;
    } catch (refusal) {
      this.say(refusal.message, "refusal");
      return false;
    } finally {
      this.busy = false;
      redraw();
      document.dispatchEvent(new Event("changed"));
    }
  }

  say(words, kind = "") {
    this.words = words ?? "";
    this.kind = kind;
    redraw();
  }

  /** Always there, so that screen readers notice when it begins to say something. */
  view(id) {
    return html`<p id=${id} class="answer" role="status" data-kind=${this.kind}>${this.words}</p>`;
  }
}
