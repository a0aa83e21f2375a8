// The owner: logs in when a change needs it, and out again.
import { html } from "../lib/lit-html.js";
import * as api from "../api.js";
import { redraw, state } from "../store.js";
import { t } from "../words.js";
import { Attempt } from "./attempt.js";

const attempt = new Attempt();
const leaving = new Attempt();

/** Of whoever waits for the login that is being asked for. */
let asking = null;

const byId = (id) => document.getElementById(id);

function show(session) {
  state.session = session;
  redraw();
}

/** Asks the box again who is logged in here. */
export async function refreshSession() {
  try {
    show(await api.session());
  } catch {
    // The page says already that the box does not answer.
  }
}

/** The token of the owner's session, for which a person may have to log in. */
export async function ownerToken() {
  const session = await api.session();
  show(session);
  return session.loggedIn ? session.csrfToken : askForPassword();
}

function askForPassword() {
  if (!asking) {
    asking = {};
    asking.token = new Promise((resolve, reject) => Object.assign(asking, { resolve, reject }));
    attempt.say("");
    byId("login-password").value = "";
    byId("login").showModal();
  }
  return asking.token;
}

function submit(event) {
  event.preventDefault();
  attempt.run(
    "",
    async () => {
      try {
        const session = await api.login(byId("login-password").value);
        show(session);
        asking?.resolve(session.csrfToken);
        byId("login").close();
      } catch (refusal) {
        byId("login-password").select();
        throw refusal;
      }
    },
    "",
  );
}

/** However it was closed; after a login nobody waits any more. */
function closed() {
  byId("login-password").value = "";
  asking?.reject(new Error(t("login.cancelled")));
  asking = null;
}

/** Where the password is asked for; once in the page. */
export function loginDialog() {
  return html`<dialog id="login" aria-labelledby="login-title" @close=${closed}>
    <form id="login-form" @submit=${submit}>
      <h2 id="login-title">${t("login.title")}</h2>
      <p id="login-words" class="detail">${t("login.words")}</p>
      <input type="text" name="username" value="owner" autocomplete="username" hidden>
      <label for="login-password">${t("login.password")}</label>
      <input id="login-password" type="password" required autocomplete="current-password">
      <p id="login-answer" class="answer" role="alert" data-kind=${attempt.kind}>${attempt.words}</p>
      <p class="row">
        <button id="login-send" ?disabled=${attempt.busy}>${t("login.send")}</button>
        <button id="login-cancel" type="button" class="quiet" @click=${() => byId("login").close()}>
          ${t("login.cancel")}</button>
      </p>
    </form>
  </dialog>`;
}

/** A button that logs in, or out. */
export function loginButton() {
  const logIn = () => leaving.run("", ownerToken, "");
  const logOut = () => leaving.run("", () => api.change("DELETE", "/api/session"), t("login.left"));
  return html`${
    state.session.loggedIn
      ? html`<button id="log-out" type="button" class="quiet" @click=${logOut}>${t("login.out")}</button>`
      : html`<button id="log-in" type="button" class="quiet" @click=${logIn}>${t("login.in")}</button>`
  }${leaving.view("session-answer")}`;
}
