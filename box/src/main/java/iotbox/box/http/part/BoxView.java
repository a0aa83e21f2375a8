package iotbox.box.http.part;

import java.util.List;
import java.util.function.Supplier;

/**
 * Which box this is; {@code box} in {@code /api/status}.
 *
 * @param identifier its own; servers of older lines know it by another, see {@link OdooControl}
 * @param addresses under which browsers reach it; asked each time, must not block
 */
public record BoxView(String identifier, String version, Supplier<List<String>> addresses) {}
