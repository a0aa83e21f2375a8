/**
 * Barcode scanners that type, and keyboards: what they write becomes events. The words are those of
 * Odoo's own driver ({@code KeyboardUSBDriver} of its box).
 */
package iotbox.stock.keyboard;
