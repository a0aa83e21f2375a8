// The owner, and what the box is set to.
import { html, nothing } from "../lib/lit-html.js";
import { change } from "../api.js";
import { Attempt } from "../parts/attempt.js";
import { t } from "../words.js";

const attempt = new Attempt();

function changePassword(event) {
  event.preventDefault();
  const form = event.target;
  attempt.run(
    t("shell.moment"),
    async () => {
      await change("POST", "/api/password", { present: form.elements.present.value, next: form.elements.next.value });
      form.reset();
    },
    t("options.password.changed"),
  );
}

function password() {
  return html`<details id="password-change">
    <summary>${t("options.password")}</summary>
    <form id="password-form" class="form" @submit=${changePassword}>
      <input type="text" name="username" value="owner" autocomplete="username" hidden>
      <label for="present-password">${t("options.password.present")}</label>
      <input id="present-password" name="present" type="password" required autocomplete="current-password">
      <label for="next-password">${t("options.password.next")}</label>
      <input id="next-password" name="next" type="password" required minlength="8" maxlength="200" autocomplete="new-password">
      <p><button ?disabled=${attempt.busy}>${t("options.password.change")}</button></p>
    </form>
  </details>`;
}

export const page = {
  title: "options.title",

  view({ session }) {
    return html`<section id="owner" aria-labelledby="owner-title">
      <h2 id="owner-title">${t("options.owner")}</h2>
      <p id="owner-words">${t(session.loggedIn ? "options.loggedin" : "options.loggedout")}</p>
      ${session.loggedIn && session.canChangePassword ? password() : nothing}
      ${attempt.view("owner-answer")}
    </section>`;
  },
};
