// What the pages draw from. Whoever changes anything here, or something of its own that it draws
// from, calls redraw() afterwards.

export const state = {
  /** GET /api/status; null until the first answer. */
  status: null,
  /** Whether the owner is logged in here: GET /api/session. */
  session: { loggedIn: false, csrfToken: null, canChangePassword: false },
  /** Whether the box does not answer. */
  silent: false,
  /** Which page is shown, and what comes after it in the address: #/devices/scale → ["scale"]. */
  page: "overview",
  args: [],
  /** What devices told since the page was opened; by identifier: {value, unit, time, events}. */
  heard: new Map(),
};

let draw = () => {};
let drawing = false;

/** The one who draws everything. */
export function drawWith(everything) {
  draw = everything;
}

/** Has everything drawn again, once for all changes until the next frame. */
export function redraw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      draw();
    });
  }
}

/** The address of a page: href("devices", "scale") → "#/devices/scale". */
export function href(...parts) {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

/** The device of this identifier, if there is one now. */
export function device(identifier) {
  return state.status?.devices.find((each) => each.identifier === identifier);
}
