/** How long to wait before what failed is tried again. */
package iotbox.stock.pause;
