package iotbox.stock.display;

/**
 * What a browser is to show.
 *
 * @param url of the page
 * @param still whether it has to be loaded again to show what is new
 */
record Target(String url, boolean still) {
  /** A page of somebody else. */
  static Target of(String url) {
    return new Target(url, PageAddress.standsStill(url));
  }
}
