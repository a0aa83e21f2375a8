package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The homepage: the files that come with the box in the folder {@code homepage}. Each is read when
 * it is first asked for, and kept: there are a few dozen, and all of them are small.
 */
public final class HomepageRoutes {
  /** Where they are, here and in the class path; followed by the file's name. */
  public static final String FOLDER = "/homepage/";

  /** Everything comes from the box itself; nothing in a page may run or load anything else. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "properties", "text/plain;charset=utf-8",
          "svg", "image/svg+xml");

  /** Names without anything that leads out of the folder: no part of one begins with a dot. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[A-Za-z0-9_-]{1,40}/){0,3}[A-Za-z0-9_-]{1,40}(?:\\.[A-Za-z0-9_-]{1,20})+");

  /** Those that were asked for, by name; only such as there are. */
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  /** The page itself. */
  public void index(Context ctx) throws RefusedException {
    answer(ctx, "index.html");
  }

  /** What the page consists of. */
  public void file(Context ctx) throws RefusedException {
    answer(ctx, ctx.path().substring(FOLDER.length()));
  }

  private void answer(Context ctx, String name) throws RefusedException {
    Page page = pages.get(name);
    if (page == null) {
      page = Page.load(name);
      pages.put(name, page);
    }
    ctx.header("Content-Security-Policy", POLICY);
    ctx.header("Cache-Control", "no-cache");
    ctx.header("ETag", page.etag);
    ctx.header("Vary", "Accept-Encoding");
    if (page.etag.equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
    } else if (acceptsGzip(ctx)) {
      ctx.header("Content-Encoding", "gzip");
      Answers.bytes(ctx, page.type, page.packed);
    } else {
      Answers.bytes(ctx, page.type, page.content);
    }
  }

  private static boolean acceptsGzip(Context ctx) {
    String accepted = ctx.header("Accept-Encoding");
    return accepted != null && accepted.matches("(?i)(.*[ ,])?gzip(?! *; *q=0(?:[ ,]|$)).*");
  }

  /**
   * A file, as it is and compressed.
   *
   * @param etag a weak one, as both forms have the same
   */
  private record Page(String type, byte[] content, byte[] packed, String etag) {

    static Page load(String name) throws RefusedException {
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      if (type != null && NAME.matcher(name).matches()) {
        try (InputStream file = HomepageRoutes.class.getResourceAsStream(FOLDER + name)) {
          if (file != null) {
            byte[] content = file.readAllBytes();
            return new Page(type, content, packed(content), etag(content));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      throw new RefusedException(404, "The homepage has no such file.");
    }

    private static byte[] packed(byte[] content) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 2);
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(content);
      }
      return bytes.toByteArray();
    }

    private static String etag(byte[] content) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
        return "W/\"" + HexFormat.of().formatHex(hash, 0, 16) + '"';
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // Every Java has SHA-256.
      }
    }
  }
}
