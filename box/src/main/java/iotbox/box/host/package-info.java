/** The machine that the box runs on: its network, and by what Odoo knows it. */
package iotbox.box.host;
