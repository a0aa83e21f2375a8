package iotbox.box.http.page;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.SecurityHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that comes with the box and that pages of all sites may load: nothing in it is secret, or
 * differs by who asks. It is read when it is first asked for.
 */
public final class PublicFile implements Handler {
  /** Pages find it in the browser's cache while the box is off, and load a newer one meanwhile. */
  private static final String CACHING = "public, max-age=600, stale-while-revalidate=604800";

  private final String name;
  private volatile Content content;

  private record Content(byte[] bytes, String etag) {}

  private PublicFile(String name) {
    this.name = name;
  }

  /** The file of this name in the folder {@code static} of the program. */
  public static PublicFile of(String name) {
    return new PublicFile(name);
  }

  @Override
  public void handle(Context ctx) {
    Content loaded = content;
    if (loaded == null) {
      loaded = load();
      content = loaded;
    }
    ctx.header("Access-Control-Allow-Origin", "*");
    SecurityHeaders.forOtherOrigins(ctx);
    ctx.header("Cache-Control", CACHING);
    ctx.header("ETag", loaded.etag);
    if (loaded.etag.equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
    } else {
      Answers.bytes(ctx, type(), loaded.bytes);
    }
  }

  /** Browsers run scripts of no other type; what they do not know, they would not show. */
  private String type() {
    return (name.endsWith(".js") ? "text/javascript" : "text/plain") + ";charset=utf-8";
  }

  private Content load() {
    try (InputStream file = PublicFile.class.getResourceAsStream("/static/" + name)) {
      byte[] bytes = file.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Content(bytes, '"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has SHA-256.
    }
  }
}
