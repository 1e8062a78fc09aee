package io.tallystick.sandbox.soak.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong, by check; bounded, because one cause may show a thousand times.
public final class Findings {
  private static final int MOST_OF_A_CHECK = 20;

  private final Map<String, List<String>> found = new LinkedHashMap<>();
  private final Map<String, Long> looked = new LinkedHashMap<>();
  private String check = "";
  private long total;

  void begin(String name) {
    check = name;
    looked.put(name, 0L);
  }

  /// One thing was looked at.
  ///
  /// @param right whether it is as it must be
  /// @param message what is wrong otherwise
  void expect(boolean right, String message, @Nullable Object... arguments) {
    looked.merge(check, 1L, Long::sum);
    if (!right) {
      add(message, arguments);
    }
  }

  void add(String message, @Nullable Object... arguments) {
    total++;
    List<String> list = found.computeIfAbsent(check, _ -> new ArrayList<>());
    if (list.size() < MOST_OF_A_CHECK) {
      list.add(message.formatted(arguments));
    }
  }

  /// Whether nothing is wrong.
  public boolean none() {
    return total == 0;
  }

  /// How many things are wrong, told or not.
  public long total() {
    return total;
  }

  /// What is wrong, by check.
  public Map<String, List<String>> byCheck() {
    return new LinkedHashMap<>(found);
  }

  /// How many things each check looked at: a check that looked at nothing has proved nothing.
  public Map<String, Long> looked() {
    return new LinkedHashMap<>(looked);
  }
}
