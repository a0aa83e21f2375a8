// A source with what was said about it at its lines, alone or beside an earlier version.
import { html, nothing } from "../lib/lit-html.js";
import { redraw } from "../store.js";
import { t } from "../words.js";
import { diff } from "./diff.js";

/** So many lines are shown around what matters. */
const CONTEXT = 3;

/** A stretch of fewer lines is not worth a button. */
const WORTH_FOLDING = 4;

/** A source of more lines is shown where something was said about it only. */
const LONG = 1500;

/** The lines of a text, as compilers count them. */
export function lines(text) {
  const all = text.split(/\r\n|\r|\n/);
  if (all.length > 1 && all.at(-1) === "") {
    all.pop();
  }
  return all;
}

/** The id of a line that something was said about: where links to it lead. */
export function lineId(line) {
  return `line-${line}`;
}

/** Takes the reader to that line, which is always shown. */
export function goToLine(line) {
  const target = document.getElementById(lineId(line));
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}

/** Texts are compared once, and not each time the page is drawn. */
export class Source {
  #former;
  #next;
  #stretches;
  /** The stretches that the reader wants to see whole, by their first line. */
  #unfolded = new Set();

  /**
   * @param {string} text
   * @param {string | null} former that runs; null if there is none to compare with
   */
  constructor(text, former) {
    this.#next = lines(text);
    this.#former = former === null ? null : lines(former);
    this.#stretches =
      this.#former === null
        ? [{ same: true, oldFrom: 0, oldTo: 0, newFrom: 0, newTo: this.#next.length }]
        : diff(this.#former, this.#next);
  }

  /** A place in the text that there is: compilers also speak of the end of the file. */
  place(line) {
    return Math.min(line, this.#next.length);
  }

  /**
   * @param {string} label for those who do not see it
   * @param {object[]} diagnostics those without a line are left out
   * @param {{former: string, next: string}} [titles] above the two versions
   */
  view(label, diagnostics, titles) {
    const marks = this.#marks(diagnostics);
    const pieces = this.#stretches.flatMap((stretch) => (stretch.same ? this.#split(stretch, marks) : [stretch]));
    const last = pieces.at(-1);
    return html`<div class="source ${this.#former === null ? "" : "compared"}" role="group" aria-label=${label}>
      ${titles && this.#former ? html`<div class="piece titles"><p class="old">${titles.former}</p><p class="new">${titles.next}</p></div>` : nothing}
      ${pieces.map((piece) => this.#piece(piece, marks, piece === pieces[0], piece === last))}
    </div>`;
  }

  #marks(diagnostics) {
    const marks = new Map();
    diagnostics
      .filter((each) => each.line > 0)
      .forEach((each) => {
        const line = this.place(each.line);
        marks.set(line, [...(marks.get(line) ?? []), each]);
      });
    return marks;
  }

  /** Each line that something was said about becomes a piece of its own. */
  #split({ oldFrom, newFrom, newTo }, marks) {
    const pieces = [];
    const old = (line) => line - newFrom + oldFrom;
    const add = (from, to, marked) => {
      if (to > from) {
        pieces.push({ same: true, marked, newFrom: from, newTo: to, oldFrom: old(from), oldTo: old(to) });
      }
    };
    let from = newFrom;
    for (const line of [...marks.keys()].sort((a, b) => a - b)) {
      if (line > newFrom && line <= newTo) {
        add(from, line - 1, false);
        add(line - 1, line, true);
        from = line;
      }
    }
    add(from, newTo, false);
    return pieces;
  }

  #piece(piece, marks, first, last) {
    if (!piece.same || piece.marked || !this.#folds()) {
      return this.#lines(piece, marks);
    }
    const head = piece.newFrom + (first ? 0 : CONTEXT);
    const tail = piece.newTo - (last ? 0 : CONTEXT);
    if (tail - head < WORTH_FOLDING || this.#unfolded.has(piece.newFrom)) {
      return this.#lines(piece, marks);
    }
    const part = (from, to) => ({
      ...piece,
      newFrom: from,
      newTo: to,
      oldFrom: from - piece.newFrom + piece.oldFrom,
      oldTo: to - piece.newFrom + piece.oldFrom,
    });
    const unfold = () => {
      this.#unfolded.add(piece.newFrom);
      redraw();
    };
    return html`${this.#lines(part(piece.newFrom, head), marks)}
      <button type="button" class="quiet fold" @click=${unfold}>
        ${t(this.#former ? "handlers.unfold.same" : "handlers.unfold", { count: tail - head })}</button>
      ${this.#lines(part(tail, piece.newTo), marks)}`;
  }

  #folds() {
    return this.#former !== null || this.#next.length > LONG;
  }

  #lines({ same, oldFrom, oldTo, newFrom, newTo }, marks) {
    if (oldFrom === oldTo && newFrom === newTo) {
      return nothing;
    }
    const old = this.#former?.slice(oldFrom, oldTo) ?? [];
    const next = this.#next.slice(newFrom, newTo);
    return html`<div class="piece ${same ? "same" : "changed"}">
      ${this.#former === null ? nothing : side("old", old, oldFrom, same ? null : "−", new Map())}
      ${side("new", next, newFrom, same || this.#former === null ? null : "+", marks)}
    </div>`;
  }
}

/** The lines of one version in a piece; a sign tells those that the other one does not have. */
function side(name, texts, from, sign, marks) {
  const words = sign === null || texts.length === 0 ? nothing : html`<span class="unseen">${t(`handlers.only.${name}`)}</span>`;
  return html`<div class=${name}>${words}${texts.map((text, i) => line(name, text, from + i + 1, sign, marks.get(from + i + 1)))}</div>`;
}

function line(version, text, number, sign, said) {
  const content = html`<span class="number" aria-hidden="true">${number}</span><span class="sign" aria-hidden="true">${sign}</span>`;
  return said
    ? html`<div class="line" data-line=${number} id=${lineId(number)} tabindex="-1" data-marked>${content}<code>${marked(text, number, said)}</code></div>
      ${said.map((each, i) => message(each, number, i))}`
    : html`<div class="line" data-line=${number}>${content}<code>${text}</code></div>`;
}

function messageId(line, i) {
  return `said-${line}-${i}`;
}

function message(diagnostic, number, i) {
  return html`<p class="said" role="note" id=${messageId(number, i)} data-severity=${diagnostic.severity}>
    <strong>${severity(diagnostic)}</strong> <span class="code">${position(diagnostic)}</span> ${diagnostic.message}</p>`;
}

/** How bad it is, in the reader's language. */
export function severity(diagnostic) {
  return t(`handlers.${diagnostic.severity}`);
}

/** Where it is: "12:9", or "12" for the whole line. */
export function position({ line: number, column }) {
  return column > 0 ? `${number}:${column}` : String(number);
}

/** The text of a line, with what was said about it marked from its column to the end of the word. */
function marked(text, number, said) {
  const parts = [];
  let at = 0;
  said
    .map((each, i) => ({ each, i, ...range(text, each.column) }))
    .sort((a, b) => a.from - b.from)
    .forEach(({ each, i, from, to }) => {
      if (from >= at) {
        parts.push(
          text.slice(at, from),
          html`<mark data-severity=${each.severity} data-column=${each.column} aria-describedby=${messageId(number, i)}>${text.slice(from, to)}</mark>`,
        );
        at = to;
      }
    });
  return [...parts, text.slice(at)];
}

/** From the column to the end of the word there, or all that is written in the line. */
function range(text, column) {
  const from = column - 1;
  const word = from >= 0 && from < text.length ? /^(?:[\w$]+|[^\s\w]+)/.exec(text.slice(from)) : null;
  if (word) {
    return { from, to: from + word[0].length };
  }
  const end = text.trimEnd().length;
  const begin = text.length - text.trimStart().length;
  return end > begin ? { from: begin, to: end } : { from: 0, to: text.length };
}
