/**
 * What {@code --demo} brings along. The stand-in for Odoo shares nothing with the box but the
 * network: the box speaks with it as with any server.
 */
package iotbox.box.demo;
