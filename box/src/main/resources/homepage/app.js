// The shell: which page is shown, what is around it, and how it is drawn.
import { html, nothing, render } from "./lib/lit-html.js";
import * as api from "./api.js";
import { follow, goLive } from "./live.js";
import { icon } from "./parts/icons.js";
import { loginButton, loginDialog, ownerToken, refreshSession } from "./parts/login.js";
import { needs } from "./parts/needs.js";
import { isWelcome } from "./parts/welcome.js";
import { drawWith, href, redraw, state } from "./store.js";
import { LANGUAGES, loadWords, shownLanguage, speak, t } from "./words.js";

/** A page's module is loaded when it is first wanted. */
const PAGES = {
  overview: () => import("./pages/overview.js"),
  devices: () => import("./pages/devices.js"),
  handlers: () => import("./pages/handlers.js"),
  pairing: () => import("./pages/pairing.js"),
  network: () => import("./pages/network.js"),
  logs: () => import("./pages/logs.js"),
  options: () => import("./pages/options.js"),
  welcome: () => import("./pages/welcome.js"),
};

/** In this order; on a phone those after the fourth are behind a button. */
const MENU = ["overview", "devices", "handlers", "pairing", "network", "logs", "options"];
const FIRST = 4;

/** The page that is shown; null while it is being loaded. */
let page = null;

/** Whether a phone shows the rest of the menu. */
let more = false;

/** Whether a page's module could not be loaded. */
let broken = false;

/** Whether the address has changed and the reader has not been taken to the heading yet. */
let arriving = false;

function address() {
  const [name, ...args] = location.hash.replace(/^#\/?/, "").split("/").map(decode);
  return { name: name in PAGES ? name : "overview", args };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function go() {
  const { name, args } = address();
  page?.closed?.();
  page = null;
  more = false;
  Object.assign(state, { page: name, args });
  redraw();
  follow();
  try {
    const { page: next } = await PAGES[name]();
    if (state.page === name && state.args === args) {
      page = next;
      arriving = true;
      page.opened?.(state, args);
      redraw();
    }
  } catch (failure) {
    console.error(failure);
    broken = true; // The box has gone meanwhile, so all is loaded again when it is back.
  }
}

function title() {
  return page?.heading?.(state) ?? t(`${state.page}.title`);
}

function menuItem(name) {
  const here = state.page === name;
  const count = name === "overview" && state.status ? needs(state.status).length : 0;
  return html`<li class=${MENU.indexOf(name) < FIRST ? "" : "rest"}>
    <a href=${href(name)} aria-current=${here ? "page" : nothing} data-page=${name}>
      ${icon(name)}<span>${t(`${name}.title`)}</span>
      ${count > 0 ? html`<span class="dot"><span class="unseen">${t("shell.needs", { count })}</span></span>` : nothing}
    </a>
  </li>`;
}

function languageSwitch() {
  return html`<label class="language"><span class="unseen">${t("shell.language")}</span>
    <select id="language" @change=${(event) => speak(event.target.value)}>
      ${Object.entries(LANGUAGES).map(
        ([code, name]) => html`<option value=${code} lang=${code} .selected=${code === shownLanguage()}>${name}</option>`,
      )}
    </select></label>`;
}

function toggleMore() {
  more = !more;
  redraw();
}

function menu() {
  const behind = MENU.indexOf(state.page) >= FIRST;
  return html`<nav aria-label=${t("shell.menu")} class=${more ? "more" : ""}>
    <p class="brand">${icon("box")}<span>${t("shell.name")}
      <span id="box-identifier" class="code">${state.status?.box.identifier ?? ""}</span></span></p>
    <ul>
      ${MENU.map(menuItem)}
      <li class="opens"><button type="button" id="more" aria-expanded=${more} class=${behind ? "here" : ""} @click=${toggleMore}>
        ${icon("more")}<span>${t("shell.more")}</span></button></li>
    </ul>
    <div class="foot">${loginButton()}${languageSwitch()}</div>
  </nav>`;
}

function content() {
  if (broken) {
    return html`<p>${t("shell.broken")}</p>`;
  }
  return page && state.status ? page.view(state) : html`<p class="detail">${t("shell.loading")}</p>`;
}

function skip(event) {
  event.preventDefault();
  document.querySelector("h1").focus();
}

function everything() {
  return html`
    <a class="skip" href="#main" @click=${skip}>${t("shell.skip")}</a>
    ${menu()}
    <main id="main">
      <div id="silent-place" role="alert">
        ${state.silent ? html`<p id="silent" class="warning">${t("shell.silent")}</p>` : nothing}
      </div>
      <h1 tabindex="-1">${title()}</h1>
      <div id="page" data-page=${page ? state.page : ""}>${content()}</div>
    </main>
    ${loginDialog()}`;
}

let first = true;

/** The version of the box whose page this is. */
let version = null;

/** Whether the box has another page than this now, or one that can be loaded at last. */
function outdated() {
  if (!state.status || state.silent) {
    return false;
  }
  version ??= state.status.box.version;
  return broken || version !== state.status.box.version;
}

function draw() {
  if (outdated()) {
    location.reload();
    return;
  }
  if (isWelcome()) {
    location.replace(href("welcome"));
  }
  render(everything(), document.body);
  document.title = `${title()} – ${t("shell.name")}`;
  if (arriving && state.status) {
    arriving = false;
    window.scrollTo(0, 0);
    if (!first) {
      document.querySelector("h1").focus();
    }
    first = false;
  }
}

await loadWords();
document.body.replaceChildren();
drawWith(draw);
api.askOwner(ownerToken);
addEventListener("hashchange", go);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && more) {
    toggleMore();
    document.getElementById("more").focus();
  }
});
document.addEventListener("changed", refreshSession);
document.addEventListener("reconnected", refreshSession);
refreshSession();
goLive();
go();
