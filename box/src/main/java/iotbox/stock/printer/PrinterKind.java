package iotbox.stock.printer;

/** What a printer prints, in the words of Odoo's {@code subtype}. */
public enum PrinterKind {
  RECEIPT_PRINTER,
  LABEL_PRINTER,
  OFFICE_PRINTER;

  /** Odoo's word, such as {@code receipt_printer}. */
  public String subtype() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
