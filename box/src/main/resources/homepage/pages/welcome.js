// The first start.
import { html } from "../lib/lit-html.js";
import { href } from "../store.js";
import { t } from "../words.js";

export const page = {
  title: "welcome.title",

  view() {
    return html`<section><p>${t("welcome.words")}</p>
      <p><a class="button" href=${href("overview")}>${t("overview.title")}</a></p></section>`;
  },
};
