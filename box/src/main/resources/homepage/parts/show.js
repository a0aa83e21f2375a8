// Small pieces that many pages show.
import { html, nothing } from "../lib/lit-html.js";
import { has, locale, t } from "../words.js";

const LONGEST_TEXT = 200;

/** A state's word, in the reader's language. */
export function word(state) {
  return has(`state.${state}`) ? t(`state.${state}`) : state;
}

/** A state as a word with a colour. */
export function badge(state, words = word(state)) {
  return html`<span class="state" data-role="state" data-state=${state}>${words}</span>`;
}

/** A list of facts, each [name, value]; those without a value are left out. */
export function facts(entries) {
  const known = entries.filter(([, value]) => said(value));
  return known.length === 0
    ? nothing
    : html`<dl>${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Whether there is anything to show. */
export function said(value) {
  return value !== undefined && value !== null && value !== "";
}

/** Without what computers make of 0.1 + 0.2: no instrument here shows more than nine digits. */
function rounded(value) {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value;
}

/** A value as a short text. */
export function short(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, (name, each) => rounded(each));
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** A time of day, in the reader's own way. */
export function clock(time) {
  return new Date(time).toLocaleTimeString(locale());
}

/** A moment, in the reader's own way: the time of day, and the day if it is not today. */
export function moment(time) {
  const when = new Date(time);
  return when.toDateString() === new Date().toDateString() ? clock(time) : when.toLocaleString(locale());
}

/** A day, in the reader's own way. */
export function day(time) {
  return new Date(time).toLocaleDateString(locale());
}

/** How long something lasts, roughly. */
export function duration(seconds) {
  for (const [unit, length] of [["days", 86400], ["hours", 3600], ["minutes", 60]]) {
    if (seconds >= length) {
      return t(`time.${unit}`, { count: Math.floor(seconds / length) });
    }
  }
  return t("time.moment");
}

/** A list of words as one reads it: "a, b and c". */
export function listing(items) {
  return new Intl.ListFormat(locale()).format(items);
}
