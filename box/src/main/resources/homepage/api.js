// What the page asks of the box.

/** This page's session: the box tells it apart from other tabs by it. */
export const SESSION = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");

const JSON_TYPE = { "Content-Type": "application/json" };

/** The box's status. */
export async function status() {
  const response = await fetch("/api/status");
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return response.json();
}

let ownerToken = async () => "";

/** Of the owner's session, if it is known that there is one. */
let knownToken = null;

function known(session) {
  knownToken = session.csrfToken ?? null;
  return session;
}

/** From now on whoever changes something gets the token of the owner's session here, which may take a login. */
export function askOwner(token) {
  ownerToken = token;
}

/** Changes something as the owner; throws the box's sentence if it refuses. */
export async function change(method, path, body = {}) {
  const headers = { ...JSON_TYPE, "X-CSRF-Token": await ownerToken() };
  const response = await fetch(path, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
}

/** Whether the owner is logged in here, and the token for changes. */
export async function session() {
  const response = await fetch("/api/session");
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
  return known(await response.json());
}

/** Logs the owner in; throws the box's sentence if it refuses. */
export async function login(password) {
  const response = await fetch("/api/session", { method: "POST", headers: JSON_TYPE, body: JSON.stringify({ password }) });
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
  return known(await response.json());
}

async function rpc(path, params, signal) {
  const headers = knownToken ? { ...JSON_TYPE, "X-CSRF-Token": knownToken } : JSON_TYPE;
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify({ params }), signal });
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
  const answer = await response.json();
  if (answer.error) {
    throw Object.assign(new Error(answer.error.data.message), { code: answer.error.code });
  }
  return answer.result;
}

/** Has a device act, as the owner where it must be; whether the device was there to take it. */
export async function act(identifier, data) {
  const params = { session_id: SESSION, device_identifier: identifier, data };
  try {
    return await rpc("/hw_drivers/action", params);
  } catch (refusal) {
    if (refusal.code !== 403) {
      throw refusal;
    }
    knownToken = await ownerToken();
    return rpc("/hw_drivers/action", params);
  }
}

/** The next event of these devices, or nothing when none came in time. */
export function nextEvent(identifiers, lastEvent, signal) {
  const devices = Object.fromEntries(identifiers.map((name) => [name, { device_identifier: name }]));
  return rpc("/hw_drivers/event", { listener: { session_id: SESSION, devices, last_event: lastEvent } }, signal);
}
