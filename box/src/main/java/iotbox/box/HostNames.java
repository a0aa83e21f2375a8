package iotbox.box;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names that this host has in its own network: what it is called, with the domains that its
 * network gave it, in multicast DNS ({@code .local}), and what its own table of hosts says. Reads
 * the system's files and never asks a name server. On any thread.
 */
final class HostNames {
  private static final long FRESH_NANOS = 30_000_000_000L;

  private final String hostname;
  private final Path root;
  private volatile Found found;

  private record Found(Set<String> names, long atNanos) {}

  HostNames(String hostname) {
    this(hostname, Path.of("/"));
  }

  HostNames(String hostname, Path root) {
    this.hostname = hostname.toLowerCase(Locale.ROOT);
    this.root = root;
  }

  /** All of them, as of half a minute ago at most: the host may come into another network. */
  Set<String> now() {
    Found last = found;
    if (last == null || System.nanoTime() - last.atNanos() > FRESH_NANOS) {
      last = new Found(read(), System.nanoTime());
      found = last;
    }
    return last.names();
  }

  private Set<String> read() {
    String first = hostname.split("\\.", 2)[0];
    Set<String> names = new LinkedHashSet<>(List.of(hostname, first, first + ".local"));
    lines("etc/hosts")
        .map(line -> words(line))
        .filter(words -> words.contains(hostname) || words.contains(first))
        .forEach(words -> names.addAll(words.subList(1, words.size())));
    lines("etc/resolv.conf")
        .map(line -> words(line))
        .filter(words -> words.get(0).equals("search") || words.get(0).equals("domain"))
        .flatMap(words -> words.stream().skip(1))
        .filter(domain -> !domain.equals("."))
        .forEach(domain -> names.add(first + "." + domain.replaceFirst("\\.$", "")));
    return Set.copyOf(names);
  }

  private static List<String> words(String line) {
    return List.of(line.replaceFirst("#.*", "").strip().toLowerCase(Locale.ROOT).split("\\s+"));
  }

  private Stream<String> lines(String file) {
    try {
      return Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1).lines();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
