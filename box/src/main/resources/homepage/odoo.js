// The connection with Odoo: how it is, what to do next, and the three things a person can do.
import { change } from "./api.js";
import { clock, facts, say, showState } from "./dom.js";

const WORDS = {
  unpaired:
    "This box belongs to no Odoo database yet. In Odoo open the IoT app, choose Connect, copy the token and paste it here.",
  code: "This box belongs to no Odoo database yet. In Odoo open the IoT app, choose Connect and type this code, or copy the token there and paste it here.",
  connecting: "Connecting with Odoo.",
  connected: "Odoo knows this box and its devices. Nothing to do.",
  refused: "Odoo does not accept this box. Copy a new token in Odoo's IoT app and paste it here.",
  unreachable: "Odoo cannot be reached. The box keeps trying; devices go on working. Check the network and the address.",
};

const byId = (id) => document.getElementById(id);

function busWords({ bus, state }) {
  if (state === "unpaired") {
    return null;
  }
  const words = [
    bus.connected
      ? `connected since ${clock(bus.since)}`
      : "not connected: actions that Odoo itself sends do not arrive",
  ];
  if (bus.waiting > 0) {
    words.push(`${bus.waiting} answers wait to be sent`);
  }
  if (bus.dropped > 0) {
    words.push(`${bus.dropped} answers were lost`);
  }
  return words.join("; ");
}

export function showOdoo(odoo) {
  showState(byId("odoo-state"), odoo.state);
  say(byId("odoo-words"), WORDS[odoo.pairingCode ? "code" : odoo.state]);
  say(byId("pairing-code"), odoo.pairingCode);
  say(byId("odoo-detail"), odoo.detail);
  facts(byId("odoo-facts"), [
    ["Server", odoo.url],
    ["Last told of devices", odoo.lastSync && clock(odoo.lastSync)],
    ["Odoo's bus", busWords(odoo)],
  ]);
  const unpaired = odoo.state === "unpaired";
  byId("disconnect").disabled = unpaired;
  byId("reload").disabled = unpaired;
}

async function attempt(work, done) {
  const answer = byId("odoo-answer");
  say(answer, "One moment.");
  try {
    await work();
    say(answer, done);
  } catch (refusal) {
    say(answer, refusal.message);
  }
  document.dispatchEvent(new Event("changed"));
}

byId("pairing").addEventListener("submit", (submit) => {
  submit.preventDefault();
  const token = byId("token");
  attempt(async () => {
    await change("POST", "/api/pairing", { token: token.value });
    token.value = "";
  }, "Odoo has accepted this box.");
});

byId("disconnect").addEventListener("click", () => {
  if (confirm("Disconnect this box from Odoo? To connect it again you need a new token.")) {
    attempt(() => change("DELETE", "/api/pairing"), "The box is disconnected.");
  }
});

byId("reload").addEventListener("click", () => {
  attempt(() => change("POST", "/api/handlers/reload"), "Asked Odoo for the handlers.");
});
