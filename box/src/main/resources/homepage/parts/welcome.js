// Whether somebody is to be led through the first start.
import { change } from "../api.js";
import { state } from "../store.js";

const LEFT = "iotbox.welcome.left";

/** Whether a visit that asks for no page in particular begins there: nobody has set this box up yet. */
export function isWelcome() {
  return state.status !== null && state.status.box.setUp === false && ["", "#", "#/"].includes(location.hash) && !left();
}

function left() {
  try {
    return sessionStorage.getItem(LEFT) !== null;
  } catch {
    return false;
  }
}

/** It is not shown by itself any more: in this window, and by the box to anybody if the owner is logged in. */
export async function leave() {
  try {
    sessionStorage.setItem(LEFT, "1");
  } catch {
    // The browser keeps nothing.
  }
  if (state.session.loggedIn && !state.status.box.setUp) {
    try {
      await change("POST", "/api/set-up");
    } catch {
      // It is offered again, which harms nobody.
    }
    document.dispatchEvent(new Event("changed"));
  }
}
