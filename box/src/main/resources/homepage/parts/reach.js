// By which addresses and names the box is reached: asked again when something about them has changed.
import { get } from "../api.js";
import { redraw } from "../store.js";

let known = null;
let knownFor = "";

/** What GET /api/network says; null until it has. */
export function reach({ box, https }) {
  const about = JSON.stringify([box.addresses, https]);
  if (about !== knownFor) {
    knownFor = about;
    get("/api/network").then(
      (answer) => {
        known = answer;
        redraw();
      },
      () => {
        knownFor = ""; // Asked again with the next status.
      },
    );
  }
  return known;
}
