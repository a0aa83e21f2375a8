// A form that has a device act.
import { html, nothing } from "../lib/lit-html.js";
import { act } from "../api.js";
import { t } from "../words.js";
import { Attempt } from "./attempt.js";
import { said, short } from "./show.js";

const attempt = new Attempt();

function parameters(text) {
  let read;
  try {
    read = text.trim() === "" ? {} : JSON.parse(text);
  } catch (failure) {
    throw new Error(t("action.malformed", { why: failure.message }));
  }
  if (typeof read !== "object" || read === null || Array.isArray(read)) {
    throw new Error(t("action.noobject"));
  }
  return read;
}

/** What came of an action: the box's answer in words. */
function words({ status, result }) {
  const what = t(`action.status.${status}`);
  return said(result) ? `${what}: ${short(result)}` : what;
}

function submit(event, identifier) {
  event.preventDefault();
  const form = event.target;
  attempt.run(
    t("action.sent"),
    async () => {
      const answer = await act(identifier, {
        ...parameters(form.elements.parameters.value),
        action: form.elements.action.value,
      });
      if (answer.status !== "success") {
        throw new Error(words(answer));
      }
      return answer;
    },
    words,
  );
}

/** Forgets what came of the last one. */
export function forgetAction() {
  attempt.say("");
}

/** The form for this device; nothing if there is nothing that it can do. */
export function action({ identifier, actions }) {
  if (actions.length === 0) {
    return nothing;
  }
  return html`<form data-role="form" class="form" @submit=${(event) => submit(event, identifier)}>
    <label for="action">${t("action.name")}</label>
    <select id="action" name="action" data-role="action">
      ${actions.map((name) => html`<option value=${name}>${name || t("action.nameless")}</option>`)}
    </select>
    <label for="parameters">${t("action.parameters")}</label>
    <input id="parameters" name="parameters" data-role="parameters" placeholder='{"value": 1}' autocomplete="off" spellcheck="false">
    <p><button data-role="send" ?disabled=${attempt.busy}>${t("action.send")}</button></p>
    <p id="action-answer" data-role="answer" class="answer" role="status" data-kind=${attempt.kind}>${attempt.words}</p>
  </form>`;
}
