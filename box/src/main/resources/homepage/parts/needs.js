// What is not as it should be and needs somebody.
import { href } from "../store.js";
import { t } from "../words.js";
import { odooWords } from "./odoo.js";
import { word } from "./show.js";

const TROUBLED = ["failed", "stalled", "quarantined", "unsupported"];

/**
 * @typedef {object} Need
 * @property {string} id of its own kind and thing
 * @property {string} what a sentence: what is wrong with what
 * @property {string | null} why in the box's own words, if it says so
 * @property {string} next what to do
 * @property {string} href the page for that
 * @property {object} [retry] what can be tried again at once
 */

/** Everything that needs somebody, most important first. */
export function needs(status) {
  return [...odoo(status), ...https(status), ...handlers(status), ...interfaces(status), ...devices(status), ...overdue(status)];
}

/** A box that serves devices without an Odoo does so because somebody wants it. */
function odoo({ odoo: link, devices: all }) {
  const fine = link.state === "connected" && !link.detail;
  const alone = link.state === "unpaired" && all.some((each) => each.state === "connected");
  if (fine || alone || link.state === "connecting") {
    return [];
  }
  return [
    {
      id: "odoo",
      what: t(`needs.odoo.${link.state}`),
      why: link.detail,
      next: odooWords(link),
      href: href("pairing"),
    },
  ];
}

function https({ https: secure }) {
  return secure?.detail
    ? [{ id: "https", what: t("needs.https"), why: secure.detail, next: t("needs.https.next"), href: href("network") }]
    : [];
}

function handlers({ handlers: all }) {
  return all
    .filter((each) => each.state === "failed")
    .map((each) => ({
      id: `handler ${each.file}`,
      what: t(each.running ? "needs.handler.running" : "needs.handler", { file: each.file }),
      why: each.diagnostics.find((one) => one.severity === "error")?.message ?? each.diagnostics[0]?.message ?? null,
      next: t("needs.handler.next"),
      href: href("handlers", each.file),
    }));
}

function interfaces({ interfaces: all }) {
  return all
    .filter((each) => TROUBLED.includes(each.state))
    .map((each) => ({
      id: `interface ${each.className}`,
      what: t("needs.interface", { name: each.className, state: word(each.state) }),
      why: each.detail,
      next: t("needs.interface.next"),
      href: href("handlers"),
      retry: { interface: each.className },
    }));
}

function devices({ devices: all }) {
  return all
    .filter((each) => TROUBLED.includes(each.state))
    .map((each) => ({
      id: `device ${each.identifier}`,
      what: t(`needs.device.${each.state}`, { name: each.name }),
      why: each.detail,
      next: t(each.state === "unsupported" ? "needs.device.unsupported.next" : "needs.device.next"),
      href: href("devices", each.identifier),
      retry: { identifier: each.identifier },
    }));
}

function overdue({ overdue: calls }) {
  return calls.length === 0
    ? []
    : [
        {
          id: "overdue",
          what: t("needs.overdue", { count: calls.length }),
          why: calls.map((each) => `${each.className}.${each.call}`).join(", "),
          next: t("needs.overdue.next"),
          href: href("handlers"),
        },
      ];
}
