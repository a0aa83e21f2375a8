/** The types of device-proxy.js; what everything does is told there. */

/** How a page stands with a box. */
export interface BoxState {
    readonly state: "idle" | "connecting" | "connected" | "unreachable" | "refused";
    /** A sentence for people where the state is `unreachable` or `refused`; else empty. */
    readonly message: string;
}

/** What a driver tells: its data, and what goes with it. */
export interface DeviceEvent {
    /** The identifier or the type that the proxy was made for. */
    device_identifier: string;
    /** Seconds since the epoch, unique in the box. */
    time: number;
    iot_box_identifier?: string;
    /** The `session_id` of the action that caused it, if one did. */
    owner?: string | null;
    /** After an action `success`, `error` or `disconnected`; else the driver's own. */
    status?: unknown;
    result?: unknown;
    value?: unknown;
    [name: string]: unknown;
}

/** What a box answers to an action that was done. */
export interface ActionAnswer {
    status: "success";
    /** What the driver returned; `"pending"` of printers and payment terminals. */
    result?: any;
    device_identifier?: string;
    session_id?: string;
    owner?: string | null;
    time?: number;
    [name: string]: unknown;
}

export type DeviceProxyErrorCode =
    | "error"
    | "disconnected"
    | "unreachable"
    | "refused"
    | "busy"
    | "timeout"
    | "duplicate"
    | "answer_lost"
    | "invalid";

export class DeviceProxyError extends Error {
    constructor(code: DeviceProxyErrorCode, message: string, answer?: unknown);
    readonly name: "DeviceProxyError";
    readonly code: DeviceProxyErrorCode;
    readonly answer?: unknown;
}

export class DeviceProxy {
    constructor(iot_device: {
        iot_ip: string;
        identifier: string;
        on_state?: (state: BoxState) => void;
    });
    readonly identifier: string;
    readonly url: string;
    readonly state: BoxState;
    action(
        data: { action?: string; action_unique_id?: string; [name: string]: unknown },
        options?: { signal?: AbortSignal; timeout?: number }
    ): Promise<ActionAnswer>;
    add_listener(callback: (event: DeviceEvent) => void, options?: { signal?: AbortSignal }): void;
    remove_listener(callback?: (event: DeviceEvent) => void): void;
}
