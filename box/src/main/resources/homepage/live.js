// Keeps the state up to date by one stream of the box: the status, whatever changes in it, and what
// devices tell. There is none while nobody looks.
import { redraw, state } from "./store.js";

/** The box says something at least every ten seconds; after this time without it is taken for gone. */
const SILENCE_MILLIS = 25_000;

/** A connection that is cut is made again so soon that nobody needs to hear of it. */
const PATIENCE_MILLIS = 1500;

const AGAIN_MILLIS = 2000;
const EVENTS_SHOWN = 100;
const SAMPLES_SHOWN = 1200;

/** Of each list whose entries have a name, what it is called. */
const NAMES = { devices: "identifier", handlers: "file", interfaces: "className" };

let source = null;
let address = "";
let watching = null;
let waiting = null;
let opening = null;

function query() {
  const [identifier] = state.args;
  if (state.page === "devices" && identifier) {
    return `?device=${encodeURIComponent(identifier)}`;
  }
  return state.page === "overview" || state.page === "devices" ? "?values" : "";
}

function connect() {
  clearTimeout(opening);
  source?.close();
  address = `/api/status/stream${query()}`;
  source = new EventSource(address);
  on("status", (status) => {
    arrived(status.box);
    if (state.status !== null) {
      document.dispatchEvent(new Event("reconnected")); // Perhaps with a box that knows no session of before.
    }
    state.status = status;
  });
  on("change", change);
  on("values", (values) => {
    for (const [identifier, reading] of Object.entries(values)) {
      Object.assign(heard(identifier), reading);
    }
  });
  on("samples", ({ device, last, samples }) => Object.assign(heard(device), last, { samples }));
  on("device", hear);
  on("here", () => {});
  source.onerror = () => {
    waiting ??= setTimeout(fallSilent, PATIENCE_MILLIS);
    if (source.readyState === EventSource.CLOSED) {
      opening = setTimeout(connect, AGAIN_MILLIS); // The browser itself tries no more.
    }
  };
  watch();
}

function on(event, take) {
  source.addEventListener(event, ({ data }) => {
    clearTimeout(waiting);
    waiting = null;
    state.silent = false;
    watch();
    take(JSON.parse(data));
    redraw();
  });
}

function watch() {
  clearTimeout(watching);
  watching = setTimeout(() => {
    fallSilent();
    connect();
  }, SILENCE_MILLIS);
}

function fallSilent() {
  state.silent = true;
  redraw();
}

function rest() {
  clearTimeout(watching);
  clearTimeout(opening);
  clearTimeout(waiting);
  waiting = null;
  source?.close();
  source = null;
}

/** The box tells how long it has been running once; from then on the page knows. */
function arrived(box) {
  box.started = Date.now() - box.uptimeSeconds * 1000;
}

function change(different) {
  for (const [part, news] of Object.entries(different)) {
    state.status[part] = NAMES[part] && !Array.isArray(news) ? merged(state.status[part], news, NAMES[part]) : news;
  }
  if (different.box) {
    arrived(different.box);
  }
}

function merged(entries, { changed, gone }, name) {
  const news = new Map(changed.map((entry) => [entry[name], entry]));
  const kept = entries
    .filter((entry) => !gone.includes(entry[name]))
    .map((entry) => {
      const entryNow = news.get(entry[name]) ?? entry;
      news.delete(entry[name]);
      return entryNow;
    });
  return [...kept, ...news.values()];
}

function heard(identifier) {
  if (!state.heard.has(identifier)) {
    state.heard.set(identifier, { events: [], samples: [] });
  }
  return state.heard.get(identifier);
}

function said(value) {
  return value !== undefined && value !== null && value !== "";
}

function hear({ device, time, number, told }) {
  const all = heard(device);
  const value = said(told.value) ? told.value : told.result;
  if (said(value)) {
    Object.assign(all, { time, value, unit: typeof told.unit === "string" ? told.unit : null });
  }
  if (number !== null) {
    all.samples = [...all.samples, [time, number]].slice(-SAMPLES_SHOWN);
  }
  const shown = Object.fromEntries(Object.entries(told).filter(([, content]) => said(content)));
  all.events = [{ time, told: shown }, ...all.events].slice(0, EVENTS_SHOWN);
}

/** Another page is shown, which may need to be told of something else. */
export function follow() {
  if (!document.hidden && address !== `/api/status/stream${query()}`) {
    connect();
  }
}

/** Begins; goes on as long as the page is open. */
export function goLive() {
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : connect()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", ({ persisted }) => persisted && connect());
  setInterval(redraw, 30_000); // Times that are told as "5 minutes".
  if (!document.hidden) {
    connect();
  }
}
