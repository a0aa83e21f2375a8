package iotbox.box;

import iotbox.box.odoo.HandlerInstaller;
import iotbox.loader.BadArchiveException;
import iotbox.loader.HandlerArchive;

/** Hands the archives that Odoo sends to the loader. */
final class OdooHandlers implements HandlerInstaller {
  private static final String SOURCE = "odoo";

  private final LoadLog loader;

  OdooHandlers(LoadLog loader) {
    this.loader = loader;
  }

  @Override
  public void install(byte[] zip) throws BadArchiveException {
    loader.reload(SOURCE, HandlerArchive.ofZip(zip));
  }

  @Override
  public void remove() {
    loader.reload(SOURCE, HandlerArchive.empty());
  }
}
