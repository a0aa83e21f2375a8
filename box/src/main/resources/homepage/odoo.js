// The connection with Odoo: how it is, what to do next, and the three things a person can do.
import { change } from "./api.js";
import { attemptAt, clock, facts, say, showState } from "./dom.js";

// What goes on, and what to do next; the box itself adds why.
const WORDS = {
  unpaired:
    "This box belongs to no Odoo database yet. In Odoo open the IoT app, choose Connect, copy the token and paste it here.",
  code: "This box belongs to no Odoo database yet. In Odoo open the IoT app, choose Connect and type this code there; the box notices within a minute. Or copy the token there and paste it here.",
  connecting: "The box asks Odoo to accept it. This takes some seconds; nothing to do.",
  connected: "Odoo knows this box and its devices. Nothing to do.",
  troubled: "Odoo knows this box, but not everything is well:",
  refused:
    "Odoo answers, but does not accept this box. Devices go on working where a browser asks the box itself. The box asks again once a minute.",
  unreachable:
    "Odoo cannot be reached, or gives no usable answer. Devices go on working. The box keeps trying and connects by itself; if this lasts, check the network and the address.",
};

// Where Odoo itself is away, the words for that say what to do.
const BUS_AWAY = {
  connected:
    "not connected: actions that Odoo itself sends do not arrive. The box keeps trying. If this lasts, let /websocket through to Odoo in the server's proxy; Odoo before 16 has no bus",
};

const byId = (id) => document.getElementById(id);

function busWords({ bus, state }) {
  if (state === "unpaired") {
    return null;
  }
  const words = [bus.connected ? `connected since ${clock(bus.since)}` : BUS_AWAY[state] ?? "not connected"];
  if (bus.waiting > 0) {
    words.push(`${bus.waiting} answers wait to be sent`);
  }
  if (bus.dropped > 0) {
    words.push(`${bus.dropped} answers were lost`);
  }
  return words.join("; ");
}

function words(odoo) {
  if (odoo.state === "connected" && odoo.detail) {
    return WORDS.troubled;
  }
  return WORDS[odoo.pairingCode ? "code" : odoo.state];
}

export function showOdoo(odoo) {
  showState(byId("odoo-state"), odoo.state);
  say(byId("odoo-words"), words(odoo));
  say(byId("pairing-code"), odoo.pairingCode);
  byId("pairing-code-box").hidden = !odoo.pairingCode;
  say(byId("odoo-detail"), odoo.detail);
  facts(byId("odoo-facts"), [
    ["Server", odoo.url],
    ["Last told of devices", odoo.lastSync && clock(odoo.lastSync)],
    ["Odoo's bus", busWords(odoo)],
  ]);
  const unpaired = odoo.state === "unpaired";
  byId("disconnect").disabled = unpaired;
  byId("reload").disabled = unpaired;
  byId("odoo-insecure").hidden = !odoo.insecure;
}

const attempt = (meanwhile, work, done) => attemptAt(byId("odoo-answer"), meanwhile, work, done);

byId("pairing").addEventListener("submit", (submit) => {
  submit.preventDefault();
  const token = byId("token");
  attempt(
    "The box tries this token with its server. Until Odoo accepts it, everything stays as it is.",
    async () => {
      byId("pair").disabled = true;
      try {
        await change("POST", "/api/pairing", { token: token.value });
      } catch (refusal) {
        throw new Error(`Not paired, and nothing was changed. ${refusal.message}`);
      } finally {
        byId("pair").disabled = false;
      }
      token.value = "";
    },
    "Odoo has accepted this box.",
  );
});

byId("disconnect").addEventListener("click", () => {
  if (confirm("Disconnect this box from Odoo? To connect it again you need a new token.")) {
    attempt(
      "One moment.",
      () => change("DELETE", "/api/pairing"),
      "The box is disconnected. Odoo may go on listing it until you delete it there.",
    );
  }
});

byId("reload").addEventListener("click", () => {
  attempt(
    "One moment.",
    () => change("POST", "/api/handlers/reload"),
    "Odoo is asked for the handlers. What is new appears below.",
  );
});
