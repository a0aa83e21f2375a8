/** The log: its file, what a record looks like, how much is written, and its way to Odoo. */
package iotbox.box.log;
