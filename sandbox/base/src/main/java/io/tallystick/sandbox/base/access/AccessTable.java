package io.tallystick.sandbox.base.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One service's rows of `docs/security/authorisation.md`: what it serves, and who may call it.
final class AccessTable {
  private static final Path DOCUMENT = Path.of("../docs/security/authorisation.md");
  private static final Pattern ROW =
      Pattern.compile("\\| ([a-z]+) \\| `([^`]+)` \\| ([^|]+) \\|(?: [^|]* \\|)?");
  private static final String EVERY_SERVICE = "all";

  private AccessTable() {}

  /// Callers by full method name.
  static Map<String, Set<String>> grpc(String service) {
    return read(service, false);
  }

  /// Callers by HTTP method and path.
  static Map<String, Set<String>> rest(String service) {
    return read(service, true);
  }

  private static Map<String, Set<String>> read(String service, boolean rest) {
    Map<String, Set<String>> table = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(DOCUMENT)) {
        Matcher row = ROW.matcher(line);
        if (row.matches()
            && (row.group(1).equals(service) || row.group(1).equals(EVERY_SERVICE))
            && row.group(2).contains(" ") == rest
            && table.put(row.group(2), words(row.group(3))) != null) {
          throw new IllegalStateException("the document has two rows of " + row.group(2));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.split(","))
        .map(String::strip)
        .collect(Collectors.toUnmodifiableSet());
  }
}
