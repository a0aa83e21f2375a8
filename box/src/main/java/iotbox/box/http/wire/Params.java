package iotbox.box.http.wire;

import iotbox.box.http.limit.Body;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The {@code params} of a JSON-RPC call; unknown ones are ignored.
 *
 * @param body that they came in
 */
public record Params(Map<?, ?> values, Body body) {

  /** Those that are part of others. */
  Params(Map<?, ?> values) {
    this(values, Body.NONE);
  }

  /**
   * Checks that these are there, {@code null} included, since Odoo's clients send it.
   *
   * @throws RpcException naming all that are missing
   */
  void require(String... names) throws RpcException {
    List<String> missing = Stream.of(names).filter(name -> !values.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw RpcException.missing(missing);
    }
  }

  Object get(String name) {
    return values.get(name);
  }

  /** The value as text, numbers included; {@code null} if there is none. */
  String text(String name) throws RpcException {
    Object value = values.get(name);
    if (value == null || value instanceof String || value instanceof Number) {
      return value == null ? null : value.toString();
    }
    throw RpcException.invalid(name, "a text");
  }

  /** The value as an object. */
  Map<?, ?> object(String name) throws RpcException {
    if (values.get(name) instanceof Map<?, ?> object) {
      return object;
    }
    throw RpcException.invalid(name, "a JSON object");
  }
}
