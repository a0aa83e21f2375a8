// Small helpers. Data only ever becomes text, never markup.

/** A new element with these properties (data-…, aria-… and class included) and children. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "class" || name === "for") {
      made.setAttribute(name, value);
    } else {
      made[name] = value;
    }
  }
  made.append(...children);
  return made;
}

/** Sets the text of an element, and hides the element if there is none. */
export function say(target, text) {
  const words = text ?? "";
  if (target.textContent !== words) {
    target.textContent = words;
  }
  target.hidden = words === "";
}

/** Shows a state as a word with a colour. */
export function showState(target, state) {
  say(target, state);
  target.dataset.state = state ?? "";
}

/** Fills a list of facts; facts without a value are left out. */
export function facts(list, entries) {
  list.replaceChildren(
    ...entries
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .flatMap(([name, value]) => [
        element("dt", { textContent: name }),
        element("dd", {}, value instanceof Node ? value : String(value)),
      ]),
  );
}

/** Does something and says at this element what comes of it, which stays until the next. */
export async function attemptAt(answer, meanwhile, work, done) {
  answer.dataset.kind = "";
  say(answer, meanwhile);
  try {
    await work();
    say(answer, done);
  } catch (refusal) {
    answer.dataset.kind = "refusal";
    say(answer, refusal.message);
  }
  document.dispatchEvent(new Event("changed"));
}

/** A time of day, in the reader's own way. */
export function clock(time) {
  return new Date(time).toLocaleTimeString();
}
