// What a person says about the lines that come from a serial port.
import { html, nothing } from "../lib/lit-html.js";
import { live } from "../lib/directives/live.js";
import { consult, get } from "../api.js";
import { redraw } from "../store.js";
import { t } from "../words.js";
import { Attempt } from "./attempt.js";
import { ownerToken } from "./login.js";
import { said } from "./show.js";

const DRIVER = "iotbox.stock.line.LineDriver";
const PATH = "/api/devices/line";

const USUAL = {
  name: "",
  type: "scale",
  baud_rate: 9600,
  data_bits: 8,
  parity: "none",
  stop_bits: 1,
  end: "LF",
  request: "",
  interval: 250,
  pattern: "([-+]? *\\d+[.,]?\\d*) *(?<unit>kg|g)?",
  decimal_comma: false,
  unit: "",
};
const NUMBERS = ["baud_rate", "data_bits", "stop_bits", "interval"];
const SPEEDS = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200];

const attempt = new Attempt();

/** The form, while one is open: of which device, what is in it, what is wrong with it, what came. */
let form = null;

/** Forgets a form that was not kept. */
export function forgetLine() {
  form = null;
  attempt.say("");
}

/** Whether a person may say how the lines of this device are read. */
export function hasLines({ connectionType, driver }) {
  return connectionType === "serial" && (driver === null || driver === DRIVER);
}

function open(identifier) {
  attempt.run(
    "",
    async () => {
      await ownerToken();
      const { settings, fixed, lines } = await get(`${PATH}?identifier=${encodeURIComponent(identifier)}`);
      form = { identifier, kept: settings !== null, fixed, fields: { ...USUAL, ...settings }, problems: {}, lines, detail: null };
    },
    "",
  );
}

/** What is in the form now, in the box's form. */
function filled({ elements }) {
  const entries = Object.keys(USUAL).map((name) => {
    const { type, checked, value } = elements[name];
    if (type === "checkbox") {
      return [name, checked];
    }
    return [name, NUMBERS.includes(name) && value.trim() !== "" ? Number(value) : value];
  });
  return Object.fromEntries(entries.filter(([name, value]) => !(NUMBERS.includes(name) && value === "")));
}

async function send(path, settings) {
  const { identifier } = form;
  const answer = await consult("POST", path, { identifier, settings });
  if (form?.identifier !== identifier) {
    return answer;
  }
  form.problems = answer.problems;
  if (Object.keys(answer.problems).length > 0) {
    redraw();
    const [first] = Object.keys(answer.problems);
    document.getElementById(`line-${first}`)?.focus();
    throw new Error(t("line.refused"));
  }
  return answer;
}

function attemptLine(event) {
  const settings = filled(event.target.form);
  form.fields = settings;
  form.lines = [];
  form.detail = null;
  attempt.run(
    t("line.listening"),
    async () => {
      const { lines, detail } = await send(`${PATH}/trial`, settings);
      Object.assign(form, { lines, detail });
      return lines.length;
    },
    (count) => (count > 0 ? "" : t("line.silent")),
  );
}

function keep(event) {
  event.preventDefault();
  const settings = filled(event.target);
  form.fields = settings;
  attempt.run(
    t("shell.moment"),
    async () => {
      await send(PATH, settings);
      form.kept = true;
    },
    t("line.kept"),
  );
}

function forget() {
  attempt.run(
    t("shell.moment"),
    async () => {
      await send(PATH, null);
      form = null;
    },
    t("line.forgotten"),
  );
}

function labelled(name, control) {
  const id = `line-${name}`;
  const problem = form.problems[name];
  return html`<label for=${id}>${t(`line.${name}`)}<span class="hint" id=${`${id}-hint`}>${t(`line.${name}.hint`)}</span></label>
    ${control(id, problem ? `${id}-hint ${id}-problem` : `${id}-hint`, Boolean(problem))}
    ${problem ? html`<p id=${`${id}-problem`} class="answer" data-kind="refusal" data-problem=${name}>${problem}</p>` : nothing}`;
}

function text(name, type = "text") {
  return labelled(
    name,
    (id, about, bad) => html`<input id=${id} name=${name} type=${type} list=${name === "baud_rate" ? "line-speeds" : nothing}
      autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby=${about} aria-invalid=${bad}
      .value=${live(String(form.fields[name] ?? ""))} @input=${(event) => note(name, event.target.value)}>`,
  );
}

function choice(name, choices) {
  return labelled(
    name,
    (id, about, bad) => html`<select id=${id} name=${name} aria-describedby=${about} aria-invalid=${bad}
      @change=${(event) => note(name, event.target.value)}>${choices.map(
        (each) => html`<option value=${each} .selected=${String(form.fields[name]) === String(each)}>${
          NUMBERS.includes(name) ? each : t(`line.${name}.${each}`)
        }</option>`,
      )}</select>`,
  );
}

/** Drawing again must not undo what is being typed. */
function note(name, value) {
  form.fields[name] = value;
}

function heard({ text: content, hex, value, unit, stable, problem }) {
  const found = [value, unit].filter(said).join(" ");
  return html`<li><code data-role="line-text">${content}</code><br><code class="detail">${hex}</code><br>
    ${problem ? html`<span data-role="line-problem">${problem}</span>` : html`<strong data-role="line-value">${found}</strong>${stable ? "" : ` (${t("line.unstable")})`}`}
  </li>`;
}

function trial() {
  return html`<div data-role="line-trial">
    ${form.detail ? html`<p data-role="line-detail">${form.detail}</p>` : nothing}
    ${form.lines.length > 0 ? html`<h3>${t("line.came")}</h3><ol class="lines">${form.lines.map(heard)}</ol>` : nothing}
  </div>`;
}

function fields() {
  return html`<form data-role="line-form" class="form" @submit=${keep}>
    ${text("name")}
    ${choice("type", ["scale", "device"])}
    ${text("baud_rate", "number")}
    <datalist id="line-speeds">${SPEEDS.map((speed) => html`<option value=${speed}></option>`)}</datalist>
    ${choice("data_bits", [5, 6, 7, 8])}
    ${choice("parity", ["none", "even", "odd", "mark", "space"])}
    ${choice("stop_bits", [1, 2])}
    ${choice("end", ["LF", "CR", "ETX"])}
    ${text("request")}
    ${text("interval", "number")}
    ${text("pattern")}
    <label class="check"><input type="checkbox" name="decimal_comma" .checked=${live(form.fields.decimal_comma === true)}
      @change=${(event) => note("decimal_comma", event.target.checked)}> ${t("line.decimal_comma")}</label>
    ${text("unit")}
    <p class="buttons">
      <button type="button" data-role="line-try" ?disabled=${attempt.busy} @click=${attemptLine}>${t("line.try")}</button>
      <button data-role="line-keep" ?disabled=${attempt.busy}>${t("line.keep")}</button>
      ${form.kept ? html`<button type="button" data-role="line-forget" ?disabled=${attempt.busy} @click=${forget}>${t("line.forget")}</button>` : nothing}
    </p>
    ${trial()}
  </form>`;
}

function byOption() {
  return html`<p>${t("line.fixed")}</p>${trial()}`;
}

/** The part of a device's page for that. */
export function line({ identifier }) {
  const mine = form !== null && form.identifier === identifier;
  return html`<section data-role="line" aria-labelledby="line-title">
    <h2 id="line-title">${t("line.title")}</h2>
    ${
      mine
        ? form.fixed
          ? byOption()
          : fields()
        : html`<p>${t("line.about")}</p>
          <p><button type="button" data-role="line-open" ?disabled=${attempt.busy} @click=${() => open(identifier)}>${t("line.open")}</button></p>`
    }
    ${attempt.view("line-answer")}
  </section>`;
}
