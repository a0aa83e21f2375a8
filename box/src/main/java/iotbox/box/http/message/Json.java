package iotbox.box.http.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import iotbox.box.http.limit.Bounds;
import iotbox.box.json.JsonValues;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON to and from plain Java values ({@code Map}, {@code List}, {@code String}, {@code Number},
 * {@code Boolean}, {@code null}).
 *
 * <p>Works on the parser's and the generator's events instead of binding beans: that starts in a
 * fraction of the time, and it never calls the getters of whatever object a driver put into its
 * data.
 */
public final class Json {
  /** Deep enough for any client, and far from what the stack can bear. */
  public static final int MAX_DEPTH = 100;

  /** A long poll for 10,000 devices has half of them. */
  public static final int MAX_TOKENS = 200_000;

  private static final int MAX_NAME = 10_000;
  private static final int MAX_DIGITS = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength((int) Bounds.MAX_BODY)
                  .maxTokenCount(MAX_TOKENS)
                  .maxNameLength(MAX_NAME)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
          // 1795312262.000041 rather than 1.795312262000041E9.
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Json() {}

  /**
   * What was read.
   *
   * @param tokens of which it is made: a measure of the memory that it needs
   */
  public record Document(Object value, long tokens) {}

  /**
   * The one value in the stream.
   *
   * @throws MalformedJsonException if there is none, more than one, or it is nested too deeply or
   *     has too many parts
   * @throws IOException if the stream cannot be read
   */
  public static Document read(InputStream json) throws IOException, MalformedJsonException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      return read(parser);
    } catch (CharConversionException e) {
      throw new MalformedJsonException("it is not UTF-8");
    }
  }

  /** The one value in the text; fails like {@link #read(InputStream)}. */
  public static Document read(String json) throws MalformedJsonException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A string can always be read.
    }
  }

  private static Document read(JsonParser parser) throws IOException, MalformedJsonException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new MalformedJsonException("it is empty");
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("more follows after its end");
      }
      return new Document(value, parser.currentTokenCount());
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException(e);
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      object.put(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static List<Object> list(JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      list.add(value(parser, token));
    }
    return list;
  }

  /** The value as UTF-8; what JSON has no word for becomes text. */
  public static byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      JsonValues.write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory can always be written to.
    }
    return bytes.toByteArray();
  }
}
