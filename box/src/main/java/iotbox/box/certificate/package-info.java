/**
 * The certificate by which browsers trust the box: a person's own, one that Odoo's service issued,
 * or one that the box made itself; and when to get another.
 */
package iotbox.box.certificate;
