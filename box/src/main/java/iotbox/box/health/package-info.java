/**
 * Whether the box itself can do its work, for whatever starts it again or watches it: systemd,
 * Kubernetes, a monitor. What Odoo, devices and handlers do is not its business.
 */
package iotbox.box.health;
