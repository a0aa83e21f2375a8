// A form that has a device act.
import { html, nothing } from "../lib/lit-html.js";
import { repeat } from "../lib/directives/repeat.js";
import { act } from "../api.js";
import { redraw, state } from "../store.js";
import { t } from "../words.js";
import { Attempt } from "./attempt.js";
import { said, short } from "./show.js";

/** Chosen for an action that is written as a whole. */
const OTHER = "\u0000other";

const attempt = new Attempt();

/** The name of the action that is chosen; null for the first one. */
let chosen = null;

function object(text) {
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

/** What a person chose for a parameter; undefined for nothing. */
function given({ type, choices }, field) {
  if (field.type === "checkbox") {
    return field.checked;
  }
  if (field.value === "") {
    return undefined;
  }
  if (choices.length > 0) {
    return choices[Number(field.value)];
  }
  if (type === "boolean") {
    return field.value === "true";
  }
  return type === "text" ? field.value : Number(field.value);
}

function data(form, { name, parameters }) {
  const { elements } = form;
  if (name === OTHER) {
    return object(elements.whole.value);
  }
  if (parameters.length === 0) {
    return { ...object(elements.parameters.value), action: name };
  }
  const all = parameters.map((each) => [each.name, given(each, elements[`parameter ${each.name}`])]);
  return { ...Object.fromEntries(all.filter(([, value]) => value !== undefined)), action: name };
}

/** What came of an action: the box's answer in words. */
function words({ status, result }) {
  const what = t(`action.status.${status}`);
  return said(result) ? `${what}: ${short(result)}` : what;
}

function submit(event, identifier, form) {
  event.preventDefault();
  attempt.run(
    t("action.sent"),
    async () => {
      const answer = await act(identifier, data(event.target, form));
      if (answer.status !== "success") {
        throw new Error(words(answer));
      }
      return answer;
    },
    words,
  );
}

/** Forgets what was chosen, and what came of the last one. */
export function forgetAction() {
  chosen = null;
  attempt.say("");
}

function field({ name, type, choices, required }, id) {
  const named = `parameter ${name}`;
  const none = required ? nothing : html`<option value="">${t("action.unset")}</option>`;
  if (choices.length > 0) {
    return html`<select id=${id} name=${named} ?required=${required}>
      ${none}${choices.map((choice, i) => html`<option value=${i}>${choice}</option>`)}</select>`;
  }
  if (type === "boolean") {
    return html`<select id=${id} name=${named} ?required=${required}>${none}
      <option value="true">${t("action.yes")}</option><option value="false">${t("action.no")}</option></select>`;
  }
  if (type === "text") {
    return html`<input id=${id} name=${named} ?required=${required} autocomplete="off">`;
  }
  return html`<input id=${id} name=${named} type="number" step=${type === "integer" ? "1" : "any"} ?required=${required} autocomplete="off">`;
}

function parameter(each, i) {
  const id = `parameter-${i}`;
  return html`<label for=${id}>${each.name}${each.required ? "" : html` <span class="detail">${t("action.optional")}</span>`}
      ${each.description ? html`<span class="hint">${each.description}</span>` : nothing}</label>
    ${field(each, id)}`;
}

function json(id, name, label, example) {
  return html`<label for=${id}>${label}</label>
    <input id=${id} name=${name} data-role=${name} placeholder=${example} autocomplete="off" autocapitalize="off" spellcheck="false">`;
}

function fields({ name, parameters }) {
  if (name === OTHER) {
    return json("whole", "whole", t("action.whole"), '{"action": "read_once"}');
  }
  return parameters.length > 0
    ? parameters.map(parameter)
    : json("parameters", "parameters", t("action.parameters"), '{"value": 1}');
}

/** The form for this device, which a driver has. */
export function action({ identifier, driver }) {
  const actionForms = state.status.actionForms[driver] ?? [];
  const other = { name: OTHER, parameters: [] };
  const form = [...actionForms, other].find((each) => each.name === chosen) ?? actionForms[0] ?? other;
  const choose = (event) => {
    chosen = event.target.value;
    redraw();
  };
  return html`<form data-role="form" class="form" @submit=${(event) => submit(event, identifier, form)}>
    <label for="action">${t("action.name")}</label>
    <select id="action" data-role="action" @change=${choose}>
      ${actionForms.map(
        ({ name }) => html`<option value=${name} .selected=${name === form.name}>${name || t("action.nameless")}</option>`,
      )}
      <option value=${OTHER} data-other .selected=${form.name === OTHER}>${t("action.other")}</option>
    </select>
    ${repeat([form], (each) => `${identifier} ${each.name}`, fields)}
    <p><button data-role="send" ?disabled=${attempt.busy}>${t("action.send")}</button></p>
    <p id="action-answer" data-role="answer" class="answer" role="status" data-kind=${attempt.kind}>${attempt.words}</p>
  </form>`;
}
