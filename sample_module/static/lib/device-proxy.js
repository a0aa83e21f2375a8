/** @odoo-module **/

/**
 * Devices of an IoT box in a web page: an ES module that needs nothing else.
 *
 *     const scale = new DeviceProxy({ iot_ip: "192.0.2.10", identifier: "/dev/ttyUSB0" });
 *     scale.add_listener((event) => console.log(event.value));
 *     const answer = await scale.action({ action: "tare" });
 *     scale.remove_listener();
 *
 * All proxies of a page that name the same box share one connection to it, whichever devices they
 * are of. That connection is the long poll of Odoo's own web clients and not a stream of
 * server-sent events: every IoT box has it, it tells why it was refused, and devices can be added
 * without a gap. Each poll names the time of the last event that the page got, so an interruption
 * of up to five seconds, which is how long a box keeps events, loses none and repeats none; a
 * reload of the page is such an interruption, too.
 *
 * An Odoo addon ships a copy of this file among its assets: pages of Odoo should not run what some
 * box serves. Other pages may import it from any box, where it is `/static/device-proxy.js`.
 */

/** How long an action may take, where its caller does not say. */
const ACTION_MS = 60_000;

/** What browsers' timers can. */
const LONGEST_MS = 2 ** 31 - 1;

/** An action that did not get through is sent again for so long. */
const RETRY_MS = 10_000;

/** Longer than the 50 seconds for which a box holds a poll. */
const POLL_MS = 60_000;

/** A poll that is answered sooner, and with nothing, comes from a box that is about to stop. */
const SOON_MS = 1_000;

/** When so much time has passed since a request, the box is asked whether it is still there. */
const VIGIL_MS = 10_000;

/** It answers that at once. */
const HELLO_MS = 5_000;

const FIRST_PAUSE_MS = 250;
/** Less than the time for which boxes keep events. */
const LONGEST_PAUSE_MS = 4_000;

/** The beginning of the name under which a tab keeps the time of the last event over reloads. */
const KEPT = "device-proxy.last_event ";

/** The statuses with which a box tells the end of an action; drivers' own are usually objects. */
const ENDS = ["success", "error", "disconnected"];

/** Why a poll is given up that asks for other devices than are wanted now. */
const RENEWED = Symbol("renewed");

/**
 * What went wrong, for people in `message` and for programs in `code`:
 *
 * - `error`: the driver or the box refused the action; the message is its sentence
 * - `disconnected`: the box has no such device at present
 * - `unreachable`: nothing answers at the box's address
 * - `refused`: the box answers, but not to this page: its owner has to allow the page's site
 * - `busy`: the box has too much to do; it can be asked again later
 * - `timeout`: no answer in time; the action may still be going on
 * - `duplicate`: an action with this `action_unique_id` was sent before, so nothing was done
 * - `answer_lost`: the action was begun, and nobody knows how it ended
 * - `invalid`: the call itself was wrong, or what answered is no IoT box
 */
export class DeviceProxyError extends Error {
    constructor(code, message, answer) {
        super(message);
        this.name = "DeviceProxyError";
        this.code = code;
        /** The whole answer of the box, where there was one. */
        this.answer = answer;
    }
}

/** One device of one box. */
export class DeviceProxy {
    #box;
    #on_state;
    #callbacks = new Map();

    /**
     * @param {object} iot_device what a record of Odoo's model `iot.device` has, and it may be one
     * @param {string} iot_device.iot_ip the box's address, such as `192.0.2.10`,
     *     `box.shop.example:8443`, `https://192.0.2.10`. Without scheme it is the page's own;
     *     without port it is 443 for HTTPS and 8069 for HTTP.
     * @param {string} iot_device.identifier the device's, or a type of devices such as `scale`
     * @param {function} [iot_device.on_state] is called with `state`, while this proxy has
     *     listeners: at first, and whenever it changes
     * @throws {DeviceProxyError} `invalid` if one of them is missing or no address
     */
    constructor({ iot_ip, identifier, on_state }) {
        if (typeof identifier !== "string" || identifier === "") {
            throw new DeviceProxyError("invalid", "identifier is missing: which device is it?");
        }
        this.identifier = identifier;
        this.#box = Box.at(boxUrl(iot_ip));
        this.#on_state = on_state;
    }

    /** The box's address, without a slash at its end. */
    get url() {
        return this.#box.url;
    }

    /**
     * How this page stands with the box: `{state, message}`. The state is `idle` (nobody listens),
     * `connecting`, `connected`, `unreachable`, or `refused` (the box answers, but does not serve
     * this page); the last two have a sentence for people, and are tried again for ever.
     */
    get state() {
        return this.#box.state;
    }

    /**
     * Has the device do something, such as `{action: "tare"}`. It is sent again if the network
     * fails on the way; the box carries it out once at most, as each has an `action_unique_id`.
     *
     * @param {object} data what the driver's action gets
     * @param {object} [options]
     * @param {AbortSignal} [options.signal] stops waiting for the answer; the action goes on
     * @param {number} [options.timeout] how long to wait for the answer, in milliseconds
     * @returns {Promise<object>} the box's answer: its `result` is what the driver returned
     * @throws {DeviceProxyError} if it was not done, or failed, or nobody knows
     */
    action(data, { signal, timeout = ACTION_MS } = {}) {
        return this.#box.action(this.identifier, data, signal, timeout);
    }

    /**
     * Has `callback` called with every event of the device: its driver's data, with
     * `device_identifier`, `time` (seconds), and, after an action, `status`, `result`, and as
     * `owner` the `session_id` of that action's answer. What it throws is reported to the page and
     * harms nobody else. It begins with what was told in the last five seconds, if this tab has
     * not had it.
     *
     * @param {function} callback
     * @param {object} [options]
     * @param {AbortSignal} [options.signal] removes it
     */
    add_listener(callback, { signal } = {}) {
        if (typeof callback !== "function") {
            throw new DeviceProxyError("invalid", "add_listener needs a function.");
        }
        if (signal?.aborted || this.#callbacks.has(callback)) {
            return;
        }
        if (this.#on_state && this.#callbacks.size === 0) {
            this.#box.watch(this.#on_state);
        }
        // One of its own each time, as two proxies of a device may be given the same function.
        const listener = (event) => callback(event);
        this.#callbacks.set(callback, listener);
        this.#box.add(this.identifier, listener);
        signal?.addEventListener("abort", () => this.remove_listener(callback), { once: true });
    }

    /** Takes back `callback`, or all that this proxy was given. */
    remove_listener(callback) {
        const callbacks = callback ? [callback] : [...this.#callbacks.keys()];
        for (const each of callbacks) {
            this.#box.remove(this.identifier, this.#callbacks.get(each));
            this.#callbacks.delete(each);
        }
        if (this.#callbacks.size === 0) {
            this.#box.unwatch(this.#on_state);
        }
    }
}

/** What the proxies of one box share: who listens, and what was asked. */
class Box {
    static #all = new Map();

    state = Object.freeze({ state: "idle", message: "" });
    #wire;
    #session = randomName();
    #actions = 0;

    /** Identifier → those who listen. */
    #listeners = new Map();
    #watchers = [];

    /** The session of an action → what may have to be heard of it by event. */
    #awaited = new Map();

    /** The time of the last event. */
    #last;
    #listening = false;
    #renewing = false;
    #asleep = false;

    /** The poll that is held, and for what. */
    #poll = null;
    #polled = "";
    #endPause = () => {};

    constructor(url) {
        this.url = url;
        this.#wire = new Wire(url);
        this.#last = keptTime(url);
        const again = () => this.#lookAgain();
        for (const event of ["online", "offline"]) {
            globalThis.addEventListener?.(event, again);
        }
        for (const event of ["visibilitychange", "resume"]) {
            globalThis.document?.addEventListener(event, again);
        }
        // A page that is put aside must not hold a connection; it may come back as it was.
        globalThis.addEventListener?.("pagehide", () => {
            this.#asleep = true;
            this.#poll?.abort(RENEWED);
        });
        globalThis.addEventListener?.("pageshow", () => {
            this.#asleep = false;
            this.#lookAgain();
        });
    }

    static at(url) {
        if (!this.#all.has(url)) {
            this.#all.set(url, new Box(url));
        }
        return this.#all.get(url);
    }

    watch(callback) {
        this.#watchers.push(callback);
        callSafely(callback, this.state);
    }

    unwatch(callback) {
        const index = this.#watchers.indexOf(callback);
        if (index >= 0) {
            this.#watchers.splice(index, 1);
        }
    }

    add(identifier, listener) {
        const those = this.#listeners.get(identifier) ?? new Set();
        this.#listeners.set(identifier, those.add(listener));
        this.#renew();
    }

    remove(identifier, listener) {
        const those = this.#listeners.get(identifier);
        if (those?.delete(listener)) {
            if (those.size === 0) {
                this.#listeners.delete(identifier);
            }
            this.#renew();
        }
    }

    async action(identifier, data, signal, timeout) {
        if (data === null || typeof data !== "object") {
            throw new DeviceProxyError("invalid", "An action needs an object with its data.");
        }
        // A session of its own for each, so that the event that tells its end can be told apart.
        const session = `${this.#session}.${++this.#actions}`;
        const body = rpc({
            session_id: session,
            device_identifier: identifier,
            data: { action_unique_id: session, ...data },
            // A box that is paired with an older server would say only that the device took it.
            answer: true,
        });
        const isOwnId = data.action_unique_id === undefined;
        const deadline = performance.now() + Math.min(timeout, LONGEST_MS);
        const awaited = { identifier, event: null, take: null };
        this.#awaited.set(session, awaited);
        try {
            const answer = await this.#send(body, signal, deadline);
            // It arrived more than once, since the network failed on the answer's way back, or
            // the box does not answer actions.
            if (answer === true || (answer?.status === "duplicate" && isOwnId)) {
                return this.#checked(await this.#eventOf(awaited, signal, deadline), identifier);
            }
            return this.#checked(answer, identifier);
        } finally {
            this.#awaited.delete(session);
        }
    }

    /** Sends an action until it gets through. */
    async #send(body, signal, deadline) {
        let giveUp = 0;
        for (let failures = 0; ; ) {
            try {
                if (failures > 0) {
                    await this.#wire.greet();
                }
                const left = deadline - performance.now();
                return await this.#wire.call("/iot_drivers/action", body, signal, left);
            } catch (error) {
                const now = performance.now();
                giveUp ||= Math.min(now + RETRY_MS, deadline);
                if (!["unreachable", "busy"].includes(error?.code) || now > giveUp) {
                    throw error;
                }
                await delay(pauseAfter(++failures), signal);
            }
        }
    }

    /** The answer, if it is a good one. */
    #checked(answer, identifier) {
        if (answer === false || answer?.status === "disconnected") {
            throw new DeviceProxyError(
                "disconnected",
                `The box at ${this.url} has no device ${identifier} that could do this now. Is it` +
                    " switched on and plugged in?",
                answer
            );
        }
        if (answer === null || typeof answer !== "object") {
            throw noBox(this.url);
        }
        if (answer.status === "error") {
            throw new DeviceProxyError("error", String(answer.result ?? "It failed."), answer);
        }
        if (answer.status === "duplicate") {
            throw new DeviceProxyError(
                "duplicate",
                "An action with this action_unique_id was sent before; nothing was done.",
                answer
            );
        }
        return answer;
    }

    /** The event that tells how an action ended, which may have come already. */
    async #eventOf(awaited, signal, deadline) {
        const waiting = new AbortController();
        try {
            return await new Promise((resolve, reject) => {
                awaited.take = resolve;
                if (awaited.event) {
                    resolve(awaited.event);
                }
                signal?.addEventListener("abort", () => reject(signal.reason), {
                    signal: waiting.signal,
                });
                delay(Math.max(0, deadline - performance.now()), waiting.signal).then(
                    () => reject(answerLost()),
                    () => {}
                );
                this.#renew();
            });
        } finally {
            waiting.abort();
            awaited.take = null;
            this.#renew();
        }
    }

    /** Identifiers for which a poll is to be held. */
    #wanted() {
        const awaited = [...this.#awaited.values()].filter(({ take }) => take);
        const named = awaited.map(({ identifier }) => identifier);
        return [...new Set([...this.#listeners.keys(), ...named])].sort();
    }

    /** Other devices may be wanted now: once for all that changes in the same breath. */
    #renew() {
        if (this.#renewing) {
            return;
        }
        this.#renewing = true;
        queueMicrotask(() => {
            this.#renewing = false;
            if (JSON.stringify(this.#wanted()) !== this.#polled) {
                this.#poll?.abort(RENEWED);
                this.#endPause();
            }
            this.#listen();
        });
    }

    /** Goes on as long as there is somebody to listen. */
    async #listen() {
        if (this.#listening) {
            return;
        }
        this.#listening = true;
        let isSure = false;
        let failures = 0;
        for (let wanted = this.#wanted(); wanted.length > 0; wanted = this.#wanted()) {
            if (this.#asleep) {
                await this.#pause(LONGEST_PAUSE_MS);
                continue;
            }
            try {
                if (!isSure) {
                    await this.#reach();
                    isSure = true;
                }
                const begun = performance.now();
                const event = await this.#nextEvent(wanted);
                failures = 0;
                this.#tell("connected");
                if (event) {
                    this.#take(event);
                } else if (performance.now() - begun < SOON_MS) {
                    await this.#pause(pauseAfter(1));
                }
            } catch (error) {
                if (error === RENEWED) {
                    continue;
                }
                failures++;
                if (error.code === "unreachable") {
                    isSure = false; // Perhaps only this connection broke off.
                } else if (error.code !== "timeout" && failures > 1) {
                    this.#tell("refused", error.message);
                }
                await this.#pause(pauseAfter(failures));
            }
        }
        this.#listening = false;
        this.#polled = "";
        this.#tell("idle");
    }

    /** Finds out whether the box can be used, and tells. */
    async #reach() {
        if (this.state.state === "idle") {
            this.#tell("connecting");
        }
        try {
            await this.#wire.greet();
        } catch (error) {
            this.#tell(error.code === "unreachable" ? "unreachable" : "refused", error.message);
            throw error;
        }
        this.#tell("connected");
    }

    /** The next event of one of these devices, or nothing if none came for a while. */
    async #nextEvent(identifiers) {
        const devices = {};
        for (const identifier of identifiers) {
            devices[identifier] = { listener_id: this.#session, device_identifier: identifier };
        }
        const body = rpc({
            listener: { session_id: this.#session, devices, last_event: this.#last },
        });
        this.#polled = JSON.stringify(identifiers);
        this.#poll = new AbortController();
        try {
            const { signal } = this.#poll;
            const event = await this.#wire.call("/iot_drivers/event", body, signal, POLL_MS);
            if (event && typeof event.time !== "number") {
                throw noBox(this.url);
            }
            return event;
        } finally {
            this.#poll = null;
        }
    }

    #take(event) {
        // First, since one of those who listen may leave the page.
        this.#last = event.time;
        keepTime(this.url, event.time);
        const awaited = this.#awaited.get(event.owner);
        if (awaited && ENDS.includes(event.status)) {
            awaited.event = event;
            awaited.take?.(event);
        }
        for (const listener of [...(this.#listeners.get(event.device_identifier) ?? [])]) {
            callSafely(listener, event);
        }
    }

    /** Something has happened to the page or the network. */
    #lookAgain() {
        this.#endPause();
        this.#wire.check();
    }

    #pause(millis) {
        return new Promise((resolve) => {
            const timer = setTimeout(resolve, millis);
            this.#endPause = () => {
                clearTimeout(timer);
                resolve();
            };
        });
    }

    #tell(state, message = "") {
        if (this.state.state !== state || this.state.message !== message) {
            this.state = Object.freeze({ state, message });
            [...this.#watchers].forEach((callback) => callSafely(callback, this.state));
        }
    }
}

/** Requests to one box, and why they fail, which browsers do not say. */
class Wire {
    /** The requests that are on their way. */
    #open = new Set();
    #vigil = null;

    constructor(url) {
        this.url = url;
    }

    /**
     * The result of a JSON-RPC call.
     *
     * @throws {DeviceProxyError}, or the reason of `signal`
     */
    async call(path, body, signal, timeout) {
        signal?.throwIfAborted();
        const request = new AbortController();
        const given = () => request.abort(signal.reason);
        signal?.addEventListener("abort", given);
        const late = () => request.abort(notInTime(this.url, timeout));
        const timer = setTimeout(late, Math.max(0, timeout));
        this.#open.add(request);
        // A network that dies silently would keep requests waiting for good.
        this.#vigil ??= setInterval(() => this.check(), VIGIL_MS);
        try {
            const response = await fetch(this.url + path, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body,
                cache: "no-store",
                credentials: "omit",
                signal: request.signal,
            });
            const text = await response.text();
            return resultOf(this.url, response, text);
        } catch (error) {
            if (request.signal.aborted) {
                throw request.signal.reason;
            }
            throw error instanceof DeviceProxyError ? error : brokenOff(this.url);
        } finally {
            clearTimeout(timer);
            signal?.removeEventListener("abort", given);
            this.#open.delete(request);
            if (this.#open.size === 0) {
                clearInterval(this.#vigil);
                this.#vigil = null;
            }
        }
    }

    /**
     * Returns if the box is there and serves this page.
     *
     * @throws {DeviceProxyError} that tells why not
     */
    async greet() {
        let response;
        try {
            response = await this.#hello("cors");
        } catch (error) {
            if (error.name === "AbortError") {
                throw unreachable(this.url);
            }
            // What is forbidden fails in the same way as what is not there. But a question whose
            // answer the page is not to read passes where only the permission is missing.
            await this.#hello("no-cors").catch(() => {
                throw unreachable(this.url);
            });
            throw notAllowed(this.url);
        }
        if (!response.ok) {
            throw notServed(this.url, response, await response.text().catch(() => ""));
        }
    }

    /** Gives all open requests up if the box does not answer any more. */
    async check() {
        const those = [...this.#open];
        if (those.length > 0) {
            await this.#hello("no-cors").catch(() => {
                those.forEach((request) => request.abort(unreachable(this.url)));
            });
        }
    }

    /** Needs no preflight. */
    async #hello(mode) {
        const late = new AbortController();
        const timer = setTimeout(() => late.abort(), HELLO_MS);
        try {
            const options = { mode, cache: "no-store", credentials: "omit", signal: late.signal };
            return await fetch(this.url + "/hw_proxy/hello", options);
        } finally {
            clearTimeout(timer);
        }
    }
}

function resultOf(url, response, text) {
    if (!response.ok) {
        throw notServed(url, response, text);
    }
    let answer;
    try {
        answer = JSON.parse(text);
    } catch {
        throw noBox(url);
    }
    if (answer?.error) {
        const { code, message, data } = answer.error;
        throw new DeviceProxyError(
            code === 403 ? "refused" : data?.name === "Busy" ? "busy" : "invalid",
            data?.message || message || `The box at ${url} could not answer.`
        );
    }
    return answer?.result;
}

/** An HTTP status other than 200; boxes say why in one sentence. */
function notServed(url, response, text) {
    const codes = { 403: "refused", 421: "refused", 502: "busy", 503: "busy", 504: "busy" };
    const isSentence = response.headers.get("Content-Type")?.startsWith("text/plain");
    return new DeviceProxyError(
        codes[response.status] ?? "invalid",
        (isSentence && text.trim()) || `The box at ${url} answered with HTTP status ${response.status}.`
    );
}

function unreachable(url) {
    let hint = " Is it switched on, and in this network?";
    if (/[a-z]/i.test(new URL(url).hostname.replace(/^\[.*/, ""))) {
        hint += " If so, try its IP address instead of its name.";
    }
    if (url.startsWith("https:")) {
        hint += ` Or does this browser not know its certificate yet? Then open ${url}/ once.`;
    } else if (isPageSecure()) {
        hint = " Pages on HTTPS cannot use a box on HTTP; give its address without http://.";
    }
    return new DeviceProxyError("unreachable", `The box at ${url} cannot be reached.${hint}`);
}

function brokenOff(url) {
    return new DeviceProxyError("unreachable", `The connection to the box at ${url} broke off.`);
}

function notAllowed(url) {
    const site = globalThis.location?.origin;
    return new DeviceProxyError(
        "refused",
        `The box at ${url} does not let pages of ${site} use its devices yet. Its owner can allow` +
            ` that on the box's page, ${url}/`
    );
}

function notInTime(url, timeout) {
    const seconds = Math.ceil(timeout / 1000);
    return new DeviceProxyError("timeout", `The box at ${url} did not answer within ${seconds} s.`);
}

function answerLost() {
    return new DeviceProxyError(
        "answer_lost",
        "The device was given the action, but what came of it is not known. Look at the device" +
            " before you repeat it."
    );
}

function noBox(url) {
    return new DeviceProxyError(
        "invalid",
        `What answers at ${url} is no IoT box, or one that is too old.`
    );
}

/** `192.0.2.10` → `http://192.0.2.10:8069`, or `https://192.0.2.10` on a page on HTTPS. */
function boxUrl(iot_ip) {
    const form = /^(?:(https?):\/\/)?([\w.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\/?$/i;
    const [, given, host, port] = form.exec(typeof iot_ip === "string" ? iot_ip.trim() : "") ?? [];
    const scheme = given?.toLowerCase() ?? (isPageSecure() ? "https" : "http");
    const usual = scheme === "https" ? "443" : "8069";
    try {
        return new URL(`${scheme}://${host ?? ""}:${port ?? usual}`).origin;
    } catch {
        throw new DeviceProxyError(
            "invalid",
            "iot_ip must be the box's address, such as 192.0.2.10 or https://192.0.2.10, and is " +
                `${JSON.stringify(iot_ip)}.`
        );
    }
}

function isPageSecure() {
    return globalThis.location?.protocol === "https:";
}

function rpc(params) {
    return JSON.stringify({ jsonrpc: "2.0", method: "call", params });
}

/** Longer each time, and never the same for all who lost the box at the same moment. */
function pauseAfter(failures) {
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    return longest * (0.5 + Math.random() / 2);
}

function delay(millis, signal) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, millis);
        const stop = () => {
            clearTimeout(timer);
            reject(signal.reason);
        };
        signal?.addEventListener("abort", stop, { once: true });
    });
}

/** A fault of one who is called must not harm the others; the page's console shows it. */
function callSafely(callback, argument) {
    try {
        callback(argument);
    } catch (error) {
        setTimeout(() => {
            throw error;
        });
    }
}

/** Not `randomUUID`, which pages on HTTP do not have. */
function randomName() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function keptTime(url) {
    try {
        return Number(sessionStorage.getItem(KEPT + url)) || 0;
    } catch {
        return 0; // Pages that may keep nothing do without.
    }
}

function keepTime(url, time) {
    try {
        sessionStorage.setItem(KEPT + url, String(time));
    } catch {
        // As above.
    }
}
