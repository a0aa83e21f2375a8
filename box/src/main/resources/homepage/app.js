// Keeps the page up to date: the status every two seconds, events as they come, neither while
// nobody looks.
import * as api from "./api.js";
import { showBox, showHandlers, showHttps, showInterfaces, showOverdue } from "./overview.js";
import { showOdoo } from "./odoo.js";
import { showDrivers } from "./selection.js";
import { showAccess } from "./access.js";
import "./owner.js";
import { openDevices, showDevices, showEvent } from "./devices.js";

const STATUS_MILLIS = 2000;

const PARTS = {
  box: showBox,
  https: showHttps,
  odoo: showOdoo,
  access: showAccess,
  devices: showDevices,
  handlers: (handlers) => {
    showHandlers(handlers);
    showDrivers(handlers);
  },
  interfaces: showInterfaces,
  overdue: showOverdue,
};

const shown = {};
let polling = null;
let polled = "";
let lastEvent = 0;

function pause(millis) {
  return new Promise((done) => setTimeout(done, millis));
}

/** Asks at once; the page is also refreshed by this after a change. */
async function refresh() {
  try {
    const status = await api.status();
    document.getElementById("silent").hidden = true;
    for (const [part, show] of Object.entries(PARTS)) {
      // Only what changed is drawn again: a reader may be selecting text.
      const text = JSON.stringify(status[part]);
      if (text !== shown[part]) {
        shown[part] = text;
        show(status[part]);
      }
    }
    listen();
  } catch {
    document.getElementById("silent").hidden = false;
  }
}

/** Makes the long poll one for the devices that are there now. */
function listen() {
  const wanted = openDevices();
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
        showEvent(event);
      }
    } catch {
      await pause(1000);
    }
  }
}

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
