// The owner: logs in when a change needs it, logs out, changes the password.
import * as api from "./api.js";
import { attemptAt, say } from "./dom.js";

const byId = (id) => document.getElementById(id);
const dialog = byId("login");
const answer = byId("owner-answer");

/** Of whoever waits for the login that is being asked for. */
let asking = null;

function show(session) {
  say(
    byId("owner-words"),
    session.loggedIn
      ? "You are logged in as the owner."
      : "Whoever changes this box or reads its log is asked for the owner's password.",
  );
  byId("log-in").hidden = session.loggedIn;
  byId("log-out").hidden = !session.loggedIn;
  byId("password-change").hidden = !session.loggedIn || !session.canChangePassword;
}

async function refresh() {
  try {
    show(await api.session());
  } catch {
    // The page says already that the box does not answer.
  }
}

/** The token of the owner's session, for which a person may have to log in. */
async function ownerToken() {
  const session = await api.session();
  show(session);
  return session.loggedIn ? session.csrfToken : askForPassword();
}

function askForPassword() {
  if (!asking) {
    asking = {};
    asking.token = new Promise((resolve, reject) => Object.assign(asking, { resolve, reject }));
    say(byId("login-answer"), null);
    byId("login-password").value = "";
    dialog.showModal();
  }
  return asking.token;
}

byId("login-form").addEventListener("submit", async (submit) => {
  submit.preventDefault();
  const send = byId("login-send");
  send.disabled = true;
  try {
    const session = await api.login(byId("login-password").value);
    show(session);
    asking?.resolve(session.csrfToken);
    dialog.close();
  } catch (refusal) {
    byId("login-answer").dataset.kind = "refusal";
    say(byId("login-answer"), refusal.message);
    byId("login-password").select();
  } finally {
    send.disabled = false;
  }
});

byId("login-cancel").addEventListener("click", () => dialog.close());

// However it was closed; after a login nobody waits any more.
dialog.addEventListener("close", () => {
  byId("login-password").value = "";
  asking?.reject(new Error("You are not logged in, so nothing was done."));
  asking = null;
});

byId("log-in").addEventListener("click", () => attemptAt(answer, null, ownerToken, null));

byId("log-out").addEventListener("click", () =>
  attemptAt(answer, null, () => api.change("DELETE", "/api/session"), "You are logged out."),
);

byId("log").addEventListener("click", (click) => {
  click.preventDefault();
  attemptAt(
    answer,
    null,
    async () => {
      await ownerToken();
      location.assign(byId("log").href); // A download, so the page stays.
    },
    null,
  );
});

byId("password-form").addEventListener("submit", (submit) => {
  submit.preventDefault();
  attemptAt(
    answer,
    "One moment.",
    async () => {
      await api.change("POST", "/api/password", {
        present: byId("present-password").value,
        next: byId("next-password").value,
      });
      submit.target.reset();
      byId("password-change").open = false;
    },
    "The password is changed. Other browsers are logged out.",
  );
});

api.askOwner(ownerToken);
document.addEventListener("changed", refresh);
refresh();
