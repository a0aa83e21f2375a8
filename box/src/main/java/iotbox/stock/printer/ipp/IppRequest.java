package iotbox.stock.printer.ipp;

import com.hp.jipp.encoding.Attribute;
import com.hp.jipp.encoding.AttributeGroup;
import com.hp.jipp.encoding.IntType;
import com.hp.jipp.encoding.IppOutputStream;
import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.StringType;
import com.hp.jipp.encoding.Tag;
import com.hp.jipp.encoding.ValueTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is asked of a printer or spooler.
 *
 * @param bytes as they are sent, before a document if there is one
 */
record IppRequest(byte[] bytes) {
  private static final int VERSION = 0x0101;
  private static final int PRINT_JOB = 0x0002;
  private static final int CANCEL_JOB = 0x0008;
  private static final int GET_JOB_ATTRIBUTES = 0x0009;
  private static final int GET_PRINTER_ATTRIBUTES = 0x000b;
  private static final int CUPS_GET_PRINTERS = 0x4002;

  /** As jobs are seen in a queue to be from. */
  private static final String USER = "iotbox";

  /** A job that is followed by its document, to its end. */
  static IppRequest printJob(URI printer, String name, String format) {
    return of(
        PRINT_JOB,
        text(Tag.uri, "printer-uri", printer.toString()),
        text(Tag.nameWithoutLanguage, "requesting-user-name", USER),
        text(Tag.nameWithoutLanguage, "job-name", name),
        text(Tag.mimeMediaType, "document-format", format));
  }

  static IppRequest job(URI printer, int job, String... attributes) {
    return of(
        GET_JOB_ATTRIBUTES,
        text(Tag.uri, "printer-uri", printer.toString()),
        new IntType("job-id").of(job),
        text(Tag.nameWithoutLanguage, "requesting-user-name", USER),
        requested(attributes));
  }

  static IppRequest cancel(URI printer, int job) {
    return of(
        CANCEL_JOB,
        text(Tag.uri, "printer-uri", printer.toString()),
        new IntType("job-id").of(job),
        text(Tag.nameWithoutLanguage, "requesting-user-name", USER));
  }

  static IppRequest printer(URI printer, String... attributes) {
    return of(
        GET_PRINTER_ATTRIBUTES,
        text(Tag.uri, "printer-uri", printer.toString()),
        text(Tag.nameWithoutLanguage, "requesting-user-name", USER),
        requested(attributes));
  }

  /** All queues of a CUPS. */
  static IppRequest printers(String... attributes) {
    return of(
        CUPS_GET_PRINTERS,
        text(Tag.nameWithoutLanguage, "requesting-user-name", USER),
        requested(attributes));
  }

  private static Attribute<?> text(ValueTag tag, String name, String value) {
    return new StringType(tag, name).of(value);
  }

  private static Attribute<?> requested(String... attributes) {
    return new StringType.Set(Tag.keyword, "requested-attributes").of(Arrays.asList(attributes));
  }

  private static IppRequest of(int operation, Attribute<?>... attributes) {
    List<Attribute<?>> all = new ArrayList<>();
    all.add(text(Tag.charset, "attributes-charset", "utf-8"));
    all.add(text(Tag.naturalLanguage, "attributes-natural-language", "en"));
    all.addAll(List.of(attributes));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not by the library's builders, which load its model of all attributes that there are.
    new IppOutputStream(bytes)
        .write(
            new IppPacket(
                VERSION,
                operation,
                1,
                List.of(AttributeGroup.groupOf(Tag.operationAttributes, all))));
    return new IppRequest(bytes.toByteArray());
  }

  /** The first bytes of a job with its document. */
  void writeTo(java.io.OutputStream out) throws IOException {
    out.write(bytes);
  }
}
