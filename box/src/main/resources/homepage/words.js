// The words of the page in the reader's language, from words.properties or words_<language>.properties,
// which have the same keys.
import { redraw } from "./store.js";

/** Those that there are, in their own words. */
export const LANGUAGES = { en: "English", de: "Deutsch" };

const KEPT = "iotbox.language";

let language = "en";
let words = new Map();
let plurals = new Intl.PluralRules("en");

/** The language that is shown, such as "de". */
export function shownLanguage() {
  return language;
}

/** For dates and numbers: how the reader's browser writes them in the language that is shown. */
export function locale() {
  return navigator.languages.find((each) => each.split("-")[0] === language) ?? language;
}

/**
 * The words of this key, with {name} replaced by the value of that name. Where a count decides about
 * the form, the keys are key.one and key.other.
 */
export function t(key, values = {}) {
  const keys = values.count === undefined ? [key] : [`${key}.${plurals.select(values.count)}`, `${key}.other`, key];
  const found = keys.map((each) => words.get(each)).find((each) => each !== undefined);
  return (found ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Whether there are words of this key. */
export function has(key) {
  return words.has(key);
}

/** Shows everything in this language from now on, and in this browser the next time, too. */
export async function speak(wanted) {
  keep(wanted);
  await load(wanted);
  redraw();
}

/** The words of the language that was chosen here, or else of the browser's. */
export async function loadWords() {
  const wanted = [kept(), ...navigator.languages.map((each) => each.split("-")[0])];
  await load(wanted.find((each) => each in LANGUAGES) ?? "en");
}

async function load(wanted) {
  words = await file(wanted === "en" ? "words" : `words_${wanted}`);
  language = wanted;
  plurals = new Intl.PluralRules(wanted);
  document.documentElement.lang = wanted;
}

async function file(name) {
  const response = await fetch(`/homepage/${name}.properties`);
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
  return parse(await response.text());
}

/** The entries of a property file in UTF-8. */
function parse(text) {
  const entries = new Map();
  for (const line of text.replace(/\\\r?\n[ \t]*/g, "").split(/\r?\n/)) {
    const entry = /^\s*([^#!=\s][^=\s]*)\s*=\s*(.*)$/.exec(line);
    if (entry) {
      entries.set(entry[1], entry[2].replace(/\\(.)/g, (escaped, letter) => (letter === "n" ? "\n" : letter)));
    }
  }
  return entries;
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // The browser keeps nothing.
  }
}

function keep(wanted) {
  try {
    localStorage.setItem(KEPT, wanted);
  } catch {
    // It is asked for again the next time.
  }
}
