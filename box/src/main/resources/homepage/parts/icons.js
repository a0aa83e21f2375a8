// Pictures beside words; screen readers need only the words.
import { html, svg } from "../lib/lit-html.js";

const LINES = {
  overview: svg`<path d="M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z"/>`,
  devices: svg`<path d="M12 3v5M8 3v5M16 3v5M6 8h12v4a6 6 0 0 1-12 0zM12 18v3"/>`,
  handlers: svg`<path d="m8 8-4 4 4 4M16 8l4 4-4 4M13.5 5l-3 14"/>`,
  pairing: svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>`,
  network: svg`<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>`,
  logs: svg`<path d="M5 5h14M5 10h14M5 15h9M5 20h6"/>`,
  options: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`,
  more: svg`<circle cx="5" cy="12" r="1.5"/><circle cx="12" cy="12" r="1.5"/><circle cx="19" cy="12" r="1.5"/>`,
  good: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  trouble: svg`<path d="M12 7v6M12 16.5v.5"/>`,
  box: svg`<rect x="3" y="7" width="18" height="10" rx="3"/><path d="M7 12h.5M12 12h5"/>`,
};

/** The picture of this name. */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${LINES[name]}</svg>`;
}
