// Keeps the state up to date: the status every two seconds, events as they come, neither while
// nobody looks.
import * as api from "./api.js";
import { redraw, state } from "./store.js";

const STATUS_MILLIS = 2000;
const EVENTS_SHOWN = 50;
const ENVELOPE = ["device_identifier", "session_id", "owner", "iot_box_identifier", "time"];

let polling = null;
let polled = "";
let lastEvent = 0;

function pause(millis) {
  return new Promise((done) => setTimeout(done, millis));
}

async function refresh() {
  try {
    state.status = await api.status();
    state.silent = false;
    listen();
  } catch {
    state.silent = true;
  }
  redraw();
}

function listen() {
  const wanted = state.status.devices.filter((each) => each.driver !== null).map((each) => each.identifier);
  const key = JSON.stringify(wanted);
  if (key === polled && polling) {
    return;
  }
  polling?.abort();
  polling = null;
  polled = key;
  if (wanted.length > 0 && !document.hidden) {
    polling = new AbortController();
    pollForEver(wanted, polling.signal);
  }
}

async function pollForEver(identifiers, signal) {
  while (!signal.aborted) {
    try {
      const event = await api.nextEvent(identifiers, lastEvent, signal);
      if (event && !signal.aborted) {
        lastEvent = event.time;
        hear(event);
      }
    } catch {
      await pause(1000);
    }
  }
}

function said(value) {
  return value !== undefined && value !== null && value !== "";
}

function hear(event) {
  const heard = state.heard.get(event.device_identifier) ?? { events: [] };
  state.heard.set(event.device_identifier, heard);
  const value = said(event.value) ? event.value : event.result;
  if (said(value)) {
    heard.value = value;
    heard.unit = typeof event.unit === "string" ? event.unit : null;
  }
  // The end of an action; drivers may have a "status" of their own, which is an object.
  if (typeof event.status === "string" && event.owner) {
    document.dispatchEvent(new CustomEvent("ended", { detail: event }));
  }
  const told = Object.fromEntries(
    Object.entries(event).filter(([name, content]) => !ENVELOPE.includes(name) && said(content)),
  );
  heard.events = [{ time: event.time, told }, ...heard.events].slice(0, EVENTS_SHOWN);
  redraw();
}

/** Begins; goes on as long as the page is open. */
export async function goLive() {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      polling?.abort();
      polling = null;
    } else {
      refresh();
    }
  });
  document.addEventListener("changed", refresh);
  for (;;) {
    if (!document.hidden) {
      await refresh();
    }
    await pause(STATUS_MILLIS);
  }
}
