package iotbox.box.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The homepage: a few files that come with the box. */
final class HomepageRoutes {
  /** Everything comes from the box itself; nothing in a page may run or load anything else. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private HomepageRoutes() {}

  /** Serves one file; it is read when it is first asked for. */
  static Handler file(String name, String contentType) {
    return new Handler() {
      private volatile Page page;

      @Override
      public void handle(Context ctx) {
        Page loaded = page;
        if (loaded == null) {
          loaded = Page.load(name);
          page = loaded;
        }
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("Cache-Control", "no-cache");
        ctx.header("ETag", loaded.etag);
        if (loaded.etag.equals(ctx.header("If-None-Match"))) {
          ctx.status(304);
        } else {
          Answers.bytes(ctx, contentType, loaded.content);
        }
      }
    };
  }

  private record Page(byte[] content, String etag) {

    static Page load(String name) {
      try (InputStream file = HomepageRoutes.class.getResourceAsStream("/homepage/" + name)) {
        byte[] content = file.readAllBytes();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
        return new Page(content, '"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // Every Java has SHA-256.
      }
    }
  }
}
