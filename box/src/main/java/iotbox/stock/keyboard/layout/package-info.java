/**
 * What the keys of a keyboard mean: the layouts that this system has, by libxkbcommon, and that of
 * the United States where there is no such library.
 */
package iotbox.stock.keyboard.layout;
