package iotbox.tests;

import iotbox.box.http.RouteTable;
import iotbox.box.http.RouteTable.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes requests that no client should send: right ones of every route, and each with some of its
 * parts replaced. The routes are those of the box's own table, and the names of parameters those
 * that stand in its sources, so what is new is tried without anybody's doing.
 *
 * <p>A request depends on the seed and its number only.
 */
final class StrangeRequests {
  private static final Pattern NAME = Pattern.compile("\"([a-zA-Z_]{2,30})\"");
  private static final int LONG = 200_000;

  private static final String[] METHODS = {
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "get",
    "FOO",
    "M".repeat(300),
    "G\u0000T",
    "PRI"
  };
  private static final String[] VERSIONS = {
    "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTP/1.1x", ""
  };
  private static final String[] TEXTS = {
    "",
    " ",
    "\\u0000",
    "\\ud800",
    "\\udc00\\ud800",
    "\\u202egnitirw",
    "\\ufeff",
    "\\r\\nSet-Cookie: a=b",
    "\\n2026-11-26 00:00:00.000 ERROR Forged: line",
    "<script>alert(1)</script>",
    "%s%n%x",
    "${jndi:x}",
    "../../etc/passwd",
    "/dev/null",
    "\\ud83d\\ude00",
    "é\u00fc\u4e2d",
    "\\u001b[31m",
    "null",
    "true",
    "NaN",
    "-1",
    "1e999",
    "'; DROP TABLE x; --",
    "\\\\",
    "<log/>",
    "http://[",
    "https://x?token=",
    "a|b|c|d",
    "*",
    "{}",
    "[]",
    "{\\\"action\\\": 1}",
    "{\\\"a",
    "bench1",
    "scale",
    "set",
    "twice",
    BoxProcess.IDENTIFIER,
    "iotbox",
    "debug",
    "x".repeat(5_000)
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "0.5",
    "1e308",
    "1e999",
    "-1e999",
    "1e-999",
    "1E400",
    "2147483648",
    "9007199254740993",
    "99999999999999999999999",
    "-9223372036854775809",
    "1.7e9",
    "01",
    "+1",
    "1.",
    ".5",
    "0x10",
    "Infinity",
    "9".repeat(1_100)
  };
  private static final String[] HEADERS = {
    "Host: evil.example",
    "Host: ",
    "Host: localhost:99999",
    "Host: a b",
    "Host: [::1",
    "Content-Length: -1",
    "Content-Length: 5",
    "Content-Length: 99999999999999999999",
    "Content-Length: 1, 2",
    "Content-Length: 30000000",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: identity",
    "Transfer-Encoding: chunked, chunked",
    "Transfer-Encoding : chunked",
    "Content-Type: text/plain",
    "Content-Type: multipart/form-data; boundary=x",
    "Content-Type: ;;;",
    "Content-Type: application/json; charset=utf-7",
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Type: application/json;charset=\u00e9",
    "Content-Encoding: gzip",
    "Expect: 100-continue",
    "Expect: 200-ok",
    "Connection: upgrade",
    "Upgrade: websocket",
    "Upgrade: h2c",
    "Origin: null",
    "Origin: http://evil.example",
    "Origin: ://",
    "Origin: http://[",
    "Authorization: Basic !!!",
    "Authorization: " + "ab".repeat(32),
    "Authorization: Bearer",
    "Cookie: a=\u0001; b=\"; ;;=",
    "Cookie: " + "a=b; ".repeat(500),
    "Last-Event-ID: yesterday",
    "Last-Event-ID: NaN",
    "Last-Event-ID: -1e400",
    "Range: bytes=0-99999999",
    "Range: bytes=-",
    "If-None-Match: \"x\"",
    "If-Modified-Since: never",
    "Accept: */*;q=x",
    "Accept-Encoding: gzip;q=2",
    "Access-Control-Request-Method: \u0000",
    "Access-Control-Request-Private-Network: true",
    "X-Forwarded-For: 1.2.3.4",
    "X-Http-Method-Override: DELETE",
    "X-CSRF-Token: x",
    " folded: yes",
    "No-Colon",
    ": no name",
    "X-Nul: a\u0000b",
    "X-Long: " + "a".repeat(20_000),
    "X-High: \u00ff\u00fe",
    "Te: trailers",
    "Trailer: x",
    "Keep-Alive: timeout=-1",
    "Max-Forwards: 0",
    "Proxy-Connection: x"
  };
  private static final String[] TAILS = {
    "/",
    "//",
    "/..",
    "/../..",
    "/%2e%2e/",
    "%2f..%2f",
    "%00",
    "%zz",
    "%",
    "%c0%ae",
    ";x=y",
    ";",
    "?",
    "?a",
    "?%",
    "?%zz=%",
    "?device=%00&device=\u00e9",
    "?device=" + "x".repeat(3_000),
    "?a=b&a=c&&&=",
    "#fragment",
    "\\..\\",
    "%0d%0aX: y",
    "\u00e9",
    " x",
    "*",
    "?" + "a&".repeat(2_000),
    "%u0041",
    "{id}"
  };

  private final long seed;
  private final Supplier<List<String>> credentials;
  private final List<Route> routes = RouteTable.all();
  private final List<String> names = names();

  /**
   * @param credentials header lines that some requests have in addition, such as a session's
   */
  StrangeRequests(long seed, Supplier<List<String>> credentials) {
    this.seed = seed;
    this.credentials = credentials;
  }

  List<Route> routes() {
    return routes;
  }

  private static List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> sources =
        Files.walk(BoxProcess.root().resolve("box/src/main/java/iotbox/box/http"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        NAME.matcher(Files.readString(source)).results().forEach(name -> names.add(name.group(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(names);
  }

  /** The bytes of one request. */
  byte[] request(int number) {
    return new Maker(new Random(seed * 1_000_003L + number)).request();
  }

  private final class Maker {
    private final Random random;

    Maker(Random random) {
      this.random = random;
    }

    byte[] request() {
      Route route = routes.get(random.nextInt(routes.size()));
      byte[] body = body(route);
      List<String> headers = new ArrayList<>();
      headers.add("Host: localhost");
      if (random.nextInt(10) > 0) {
        headers.add("Content-Type: application/json");
      }
      if (random.nextInt(4) == 0) {
        headers.addAll(credentials.get());
      }
      boolean chunked = body.length > 0 && random.nextInt(10) == 0;
      if (chunked) {
        headers.add("Transfer-Encoding: chunked");
        body = chunks(body);
      } else if (body.length > 0 || random.nextInt(20) == 0) {
        int wrong = random.nextInt(40) == 0 ? random.nextInt(100) : 0;
        headers.add("Content-Length: " + (body.length + wrong));
      }
      while (random.nextInt(3) == 0) {
        headers.add(random.nextInt(headers.size() + 1), any(HEADERS));
      }
      if (random.nextInt(100) == 0) {
        for (int i = 0; i < 500; i++) {
          headers.add("X-" + i + ": " + i);
        }
      }
      String head =
          (random.nextInt(20) == 0 ? any(METHODS) : route.method())
              + " "
              + target(route)
              + " "
              + (random.nextInt(50) == 0 ? any(VERSIONS) : "HTTP/1.1")
              + "\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n";
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
      bytes.writeBytes(body);
      return random.nextInt(30) == 0 ? damaged(bytes.toByteArray()) : bytes.toByteArray();
    }

    private String target(Route route) {
      String path = route.path().replaceAll("[{<][^}>]*[}>]", "x");
      return switch (random.nextInt(16)) {
        case 0 -> path + any(TAILS);
        case 1 -> path + any(TAILS) + any(TAILS);
        case 2 -> "http://evil.example" + path;
        case 3 -> any(TAILS) + path;
        case 4 -> path.toUpperCase(java.util.Locale.ROOT);
        case 5 -> path + "?device=" + any(names) + "&" + any(names) + "=" + random.nextInt();
        default -> path;
      };
    }

    private byte[] body(Route route) {
      if (route.method().equals("GET") && random.nextInt(5) > 0) {
        return new byte[0];
      }
      String json =
          switch (random.nextInt(20)) {
            case 0 -> "";
            case 1 -> value(0);
            case 2 -> "{\"params\":" + value(0) + "}";
            case 3 -> "[".repeat(1 + random.nextInt(300));
            case 4 -> "{\"params\":" + nested(random.nextInt(150)) + "}";
            case 5 -> "{\"params\":" + object(1) + ",\"params\":" + object(1) + "}";
            case 6 -> "\ufeff{\"id\":" + value(1) + ",\"params\":" + object(0) + "}";
            case 7 -> "{\"id\":" + value(0) + ",\"jsonrpc\":" + value(2) + ",\"params\":{}}";
            case 8 -> large();
            case 9, 10 -> object(0);
            case 11, 12, 13 -> "{\"params\":" + object(0) + "}";
            default -> likely(route);
          };
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return switch (random.nextInt(40)) {
        case 0 -> json.getBytes(StandardCharsets.UTF_16);
        case 1 -> json.getBytes(StandardCharsets.ISO_8859_1);
        case 2, 3 -> damaged(bytes);
        default -> bytes;
      };
    }

    /** What the wire's clients send there, with one or the other value replaced. */
    private String likely(Route route) {
      String session = mostly("\"s\"");
      String device = mostly("\"bench1\"");
      if (route.path().endsWith("/event")) {
        String devices =
            mostly(
                random.nextBoolean()
                    ? "[" + device + "," + value(2) + "]"
                    : "{\"bench1\":{\"device_identifier\":" + device + "}}");
        return "{\"params\":{\"listener\":{\"session_id\":"
            + session
            + ",\"devices\":"
            + devices
            + ",\"last_event\":"
            + mostly("0")
            + "}}}";
      }
      if (route.path().endsWith("/action") || route.path().endsWith("_action")) {
        String data =
            "{\"action\":"
                + mostly("\"set\"")
                + ",\"value\":"
                + value(0)
                + ",\"x\":"
                + value(0)
                + "}";
        String sent =
            random.nextBoolean() ? data : "\"" + data.replaceAll("[\\\\\"]", "\\\\$0") + "\"";
        return "{\"params\":{\"session_id\":"
            + session
            + ",\"device_identifier\":"
            + device
            + ",\"data\":"
            + mostly(sent)
            + ",\"action_unique_id\":"
            + value(1)
            + "}}";
      }
      return object(0);
    }

    private String mostly(String usual) {
      return random.nextInt(4) > 0 ? usual : value(0);
    }

    private String object(int depth) {
      StringBuilder object = new StringBuilder("{");
      int fields = random.nextInt(5);
      for (int i = 0; i < fields; i++) {
        String name = random.nextInt(8) == 0 ? any(TEXTS) : any(names);
        object
            .append(i == 0 ? "" : ",")
            .append('"')
            .append(name)
            .append("\":")
            .append(value(depth + 1));
      }
      return object.append('}').toString();
    }

    private String value(int depth) {
      return switch (random.nextInt(depth > 4 ? 8 : 12)) {
        case 0 -> "null";
        case 1 -> random.nextBoolean() ? "true" : "false";
        case 2, 3 -> any(NUMBERS);
        case 4, 5, 6, 7 -> '"' + any(TEXTS) + '"';
        case 8 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
        case 9 -> "[]";
        case 10 -> nested(random.nextInt(60));
        default -> object(depth + 1);
      };
    }

    private String nested(int depth) {
      return random.nextBoolean()
          ? "[".repeat(depth) + value(5) + "]".repeat(depth)
          : "{\"a\":".repeat(depth) + value(5) + "}".repeat(depth);
    }

    private String large() {
      if (random.nextInt(10) > 0) {
        return "{\"params\":{\""
            + any(names)
            + "\":\""
            + "x".repeat(random.nextInt(20_000))
            + "\"}}";
      }
      return switch (random.nextInt(4)) {
        case 0 -> "{\"params\":{\"x\":[" + "[],".repeat(LONG) + "0]}}";
        case 1 -> "{\"params\":{\"data\":\"" + "x".repeat(LONG) + "\"}}";
        case 2 -> "{\"" + "n".repeat(LONG) + "\":0}";
        default -> "{\"params\":{\"last_event\":" + "7".repeat(LONG) + "}}";
      };
    }

    private byte[] chunks(byte[] body) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = 0; i < body.length; ) {
        int size = Math.min(body.length - i, 1 + random.nextInt(5_000));
        String head = Integer.toHexString(random.nextInt(50) == 0 ? size + 1 : size) + "\r\n";
        bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        bytes.write(body, i, size);
        bytes.writeBytes(new byte[] {'\r', '\n'});
        i += size;
      }
      bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return bytes.toByteArray();
    }

    /** Some bytes changed, or cut off. */
    private byte[] damaged(byte[] bytes) {
      if (bytes.length == 0) {
        return bytes;
      }
      if (random.nextBoolean()) {
        return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      byte[] changed = bytes.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      return changed;
    }

    private String any(String[] of) {
      return of[random.nextInt(of.length)];
    }

    private String any(List<String> of) {
      return of.get(random.nextInt(of.size()));
    }
  }
}
