// The log as the box writes it, for the one who reads along.
import { redraw } from "../store.js";

/** So many records are kept here; the log file has more. */
const KEPT = 5_000;

/** So many more before the oldest go, since that moves all others. */
const SPARE = 500;

const AGAIN_MILLIS = 3_000;

/** How much each level says; a filter shows its own and all that are more important. */
export const LEVELS = ["trace", "debug", "info", "warn", "error"];

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} time
 * @property {string} level one of LEVELS
 * @property {string} logger the class that wrote it
 * @property {string | null} handler its file, if a handler wrote it
 * @property {string} message
 * @property {string | null} thrown
 * @property {number} missed how many before it are not known here
 */

/** Reads along while it is open, and knows the last records. */
export class Log {
  /** @type {Entry[]} the newest at the end */
  records = [];
  /** How many came up to now. */
  taken = 0;
  /** Whether the box tells each record now. */
  live = false;

  #source = null;
  #again = 0;
  #run = "";
  #last = 0;
  #lost;
  #wanted;

  /**
   * @param {() => void} lost is called when the box does not let this page read any more
   * @param {() => boolean} wanted says some seconds later whether to try again
   */
  constructor(lost, wanted) {
    this.#lost = lost;
    this.#wanted = wanted;
  }

  open() {
    if (this.#source) {
      return;
    }
    clearTimeout(this.#again);
    const source = new EventSource("/api/logs/stream");
    this.#source = source;
    source.addEventListener("open", () => this.#say(true));
    source.addEventListener("message", ({ data }) => this.#take(JSON.parse(data)));
    source.addEventListener("error", () => {
      this.#say(false);
      if (source.readyState === EventSource.CLOSED) {
        this.close();
        this.#lost();
        this.#again = setTimeout(() => this.#wanted() && this.open(), AGAIN_MILLIS);
      }
    });
  }

  close() {
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = null;
    this.#say(false);
  }

  #say(live) {
    if (this.live !== live) {
      this.live = live;
      redraw();
    }
  }

  /** Each once, whatever the box repeats after a lost connection. */
  #take(record) {
    const [run, text] = record.id.split("-");
    const number = Number(text);
    if (run === this.#run && number <= this.#last) {
      return;
    }
    record.missed = this.#run === "" ? 0 : number - (run === this.#run ? this.#last : 0) - 1;
    this.#run = run;
    this.#last = number;
    this.records.push(record);
    this.taken++;
    if (this.records.length > KEPT + SPARE) {
      this.records.splice(0, SPARE);
    }
    redraw();
  }
}
