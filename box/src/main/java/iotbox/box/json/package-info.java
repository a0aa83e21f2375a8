/** How values that drivers made become JSON, for browsers and for Odoo alike. */
package iotbox.box.json;
