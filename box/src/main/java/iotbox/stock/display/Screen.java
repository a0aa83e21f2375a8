package iotbox.stock.display;

/**
 * A screen that is connected and on, as the desktop has it.
 *
 * @param name of its connector, such as {@code HDMI-A-1}
 * @param x where its left edge is on the desktop, in pixels
 * @param y where its upper edge is
 * @param width in pixels, as it is turned now
 * @param height in pixels, as it is turned now
 */
public record Screen(String name, int x, int y, int width, int height) {}
