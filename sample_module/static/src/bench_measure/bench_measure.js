import { Component, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FloatField } from "@web/views/fields/float/float_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { DeviceProxy } from "../../lib/device-proxy";

/**
 * A number field that listens to an instrument: the live value stands beside the field, and one
 * click takes it over into the record. The record's other fields say which instrument it is.
 */
export class BenchMeasure extends Component {
    static template = "sample_module.BenchMeasure";
    static components = { FloatField };
    static props = {
        ...standardFieldProps,
        ipField: { type: String },
        identifierField: { type: String },
        zeroAction: { type: String, optional: true },
    };

    setup() {
        this.notification = useService("notification");
        this.state = useState({ value: null, unit: "", fault: "", trouble: "" });
        this.instrument = null;
        // Another instrument in the record is another one to listen to; none after unmounting.
        useEffect(
            (ip, identifier) => this.listen(ip, identifier),
            () => [this.ip, this.identifier]
        );
    }

    get ip() {
        return this.props.record.data[this.props.ipField];
    }

    get identifier() {
        return this.props.record.data[this.props.identifierField];
    }

    get live() {
        return this.state.value === null ? "–" : `${this.state.value} ${this.state.unit}`;
    }

    listen(ip, identifier) {
        Object.assign(this.state, { value: null, unit: "", fault: "", trouble: "" });
        if (!ip || !identifier) {
            return;
        }
        const on_state = (box) => this.onState(box);
        try {
            this.instrument = new DeviceProxy({ iot_ip: ip, identifier, on_state });
        } catch (error) {
            this.state.trouble = error.message; // What the record has is no address.
            return;
        }
        this.instrument.add_listener((event) => this.onEvent(event));
        return () => {
            this.instrument.remove_listener();
            this.instrument = null;
        };
    }

    /** How this page stands with the box; where it cannot be used, the message says why. */
    onState({ state, message }) {
        this.state.trouble = message;
        if (state === "connected") {
            // Events tell of changes only: ask for the value of now.
            this.act("read_once");
        }
    }

    /** The driver's data, as its deviceChanged() published it; also the result of an action. */
    onEvent(event) {
        // Of an event of its own, the status is the connection's; after an action, the action's.
        const status = event.status?.status ?? event.status;
        if (status === "error") {
            this.state.fault = event.status.message_body ?? String(event.result);
            return;
        }
        this.state.fault = "";
        if (typeof event.value === "number") {
            this.state.value = event.value;
            this.state.unit = event.unit ?? "";
        }
    }

    async act(action) {
        const instrument = this.instrument;
        try {
            await instrument?.action({ action });
        } catch (error) {
            // Nobody waits for it any more if another record is shown meanwhile.
            if (instrument === this.instrument) {
                this.notification.add(error.message, { type: "danger" });
            }
        }
    }

    take() {
        return this.props.record.update({ [this.props.name]: this.state.value });
    }

    zero() {
        return this.act(this.props.zeroAction);
    }
}

registry.category("fields").add("bench_measure", {
    component: BenchMeasure,
    displayName: _t("Bench measure"),
    supportedTypes: ["float"],
    extractProps: ({ options }) => ({
        ipField: options.ip_field,
        identifierField: options.identifier_field,
        zeroAction: options.zero_action,
    }),
    // The view loads these fields of the record even if it shows them nowhere.
    fieldDependencies: ({ options }) => [
        { name: options.ip_field, type: "char" },
        { name: options.identifier_field, type: "char" },
    ],
});
