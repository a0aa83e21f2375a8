/**
 * What handlers leave behind when they are replaced: {@link iotbox.box.leftover.Leftovers} looks
 * for it and names it.
 */
package iotbox.box.leftover;
