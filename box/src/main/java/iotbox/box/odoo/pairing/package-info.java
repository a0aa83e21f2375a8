/**
 * Which database the box belongs to: {@link iotbox.box.odoo.pairing.Pairing}, how it is read from
 * what a person pastes (protocol section 1.6), and where it is kept.
 */
package iotbox.box.odoo.pairing;
