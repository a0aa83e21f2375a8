// What the page asks of the box.

/** This page's session: the box tells it apart from other tabs by it. */
const SESSION = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");

const JSON_TYPE = { "Content-Type": "application/json" };
const CSRF_HEADER = "X-CSRF-Token";

/** Gets the token of the owner's session, for which a person may have to log in. */
let ownerToken = async () => "";

/** That token while there is one, as far as this page knows. */
let knownToken = null;

/** The answer, unless the box refuses: then its sentence is thrown. */
async function ask(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) {
    throw new Error((await response.text()).trim());
  }
  return response;
}

function sending(method, body, headers = {}) {
  return { method, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) };
}

/** What the box tells there; throws its sentence if it refuses. */
export async function get(path) {
  return (await ask(path)).json();
}

/** From now on this gets the token of the owner's session for whoever changes something. */
export function askOwner(token) {
  ownerToken = token;
}

/** Changes something as the owner; throws the box's sentence if it refuses. */
export async function change(method, path, body = {}) {
  await ask(path, sending(method, body, { [CSRF_HEADER]: await ownerToken() }));
}

/** Asks what only the owner may; the answer, or the box's sentence thrown if it refuses. */
export async function consult(method, path, body) {
  return (await ask(path, sending(method, body, { [CSRF_HEADER]: await ownerToken() }))).json();
}

/** Whether the owner is logged in here, and the token for changes. */
export async function session() {
  return known(await ask("/api/session"));
}

/** Logs the owner in; throws the box's sentence if it refuses. */
export async function login(password) {
  return known(await ask("/api/session", sending("POST", { password })));
}

async function known(response) {
  const session = await response.json();
  knownToken = session.csrfToken;
  return session;
}

async function rpc(path, params) {
  const owner = knownToken ? { [CSRF_HEADER]: knownToken } : {};
  const response = await ask(path, sending("POST", { params }, owner));
  const answer = await response.json();
  if (answer.error) {
    throw Object.assign(new Error(answer.error.data.message), { code: answer.error.code });
  }
  return answer.result;
}

/** Has a device act, as the owner where it must be, and waits for what comes of it: {status, result}. */
export async function act(identifier, data) {
  const params = { session_id: SESSION, device_identifier: identifier, data, answer: true };
  try {
    return await rpc("/iot_drivers/action", params);
  } catch (refusal) {
    if (refusal.code !== 403) {
      throw refusal;
    }
    knownToken = await ownerToken();
    return rpc("/iot_drivers/action", params);
  }
}
