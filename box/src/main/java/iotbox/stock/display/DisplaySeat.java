package iotbox.stock.display;

/**
 * What a display's driver works with.
 *
 * @param desktop where its screen is
 * @param means of the box
 */
record DisplaySeat(Desktop desktop, DisplayMeans means) {}
