// What the box writes down.
import { html } from "../lib/lit-html.js";
import { Attempt } from "../parts/attempt.js";
import { ownerToken } from "../parts/login.js";
import { t } from "../words.js";

const attempt = new Attempt();

function download(event) {
  event.preventDefault();
  const { href } = event.currentTarget;
  attempt.run(
    "",
    async () => {
      await ownerToken();
      location.assign(href); // A download, so the page stays.
    },
    "",
  );
}

export const page = {
  title: "logs.title",

  view() {
    return html`<section>
      <p><a id="log" class="button" href="/hw_drivers/download_logs" download @click=${download}>${t("logs.download")}</a></p>
      ${attempt.view("log-answer")}
    </section>`;
  },
};
