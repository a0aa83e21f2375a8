/**
 * Who may do what with the box, as plain policy: it knows neither the web server nor Odoo.
 *
 * <p>Three questions are asked of a request, in this order. {@link iotbox.box.access.Hosts}: by
 * which name was the box called? A name that is not the box's is that of a page whose owner pointed
 * it here. {@link iotbox.box.access.Origins}: of which site is the page that asks? Devices are for
 * the paired Odoo's pages and for those that the owner allowed. {@link iotbox.box.access.Owner}: is
 * it the owner? Whatever changes the box is for nobody else.
 */
package iotbox.box.access;
