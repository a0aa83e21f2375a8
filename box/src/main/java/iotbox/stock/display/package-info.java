/**
 * Screens for customers: which there are, and a browser in kiosk mode on each that shows a page of
 * Odoo's, or the state of the box.
 */
package iotbox.stock.display;
