// What is said of a handler's file, wherever it is shown.
import { has, t } from "../words.js";
import { moment } from "./show.js";

/** Whether it runs, and only what it does then goes wrong. */
export function failsAtWork(handler) {
  return handler.state === "failed" && !handler.running && handler.connectionType !== null;
}

/** Whether somebody has to do something about it. */
export function inTrouble(handler) {
  return handler.state === "failed" || handler.running !== null;
}

/** Its state and since when, as a sentence. */
export function stateWords(handler) {
  const since = moment(handler.since);
  if (handler.running) {
    return t(handler.state === "failed" ? "handlers.is.refused.running" : "handlers.is.waiting", {
      time: since,
      running: moment(handler.running.since),
    });
  }
  if (failsAtWork(handler)) {
    return t("handlers.is.failing", { time: since });
  }
  if (handler.state === "skipped") {
    return handler.kind === "python" ? t("handlers.is.python") : handler.diagnostics.map((each) => each.message).join(" ");
  }
  if (handler.state === "loaded" && handler.compiler === "builtin") {
    return t("handlers.is.builtin");
  }
  const key = `handlers.is.${handler.state}`;
  return t(has(`${key}.${handler.kind}`) ? `${key}.${handler.kind}` : key, { time: since });
}

/** Who compiled it; nothing for what needs no compiler. */
export function compilerWords({ compiler }) {
  return compiler === null || compiler === "builtin" ? null : t(`handlers.compiler.${compiler}`);
}

/** What it is for. */
export function kindWords({ kind }) {
  return t(`handlers.kind.${kind}`);
}

/** The beginning of a hash, enough to tell versions apart. */
export function shortHash(hash) {
  return hash === null ? null : hash.slice(0, 8);
}
