package io.tallystick.risk.thresholds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One map of the file, read key by key. A fault is noted with its path and reading goes on with
/// the smallest legal value, so that all faults are told at once; whoever reads must refuse the
/// whole when there are faults.
final class Section {
  private final String path;
  private final Map<?, ?> entries;
  private final List<String> faults;
  private final Set<String> read = new LinkedHashSet<>();

  Section(String path, @Nullable Object node, List<String> faults) {
    this.path = path;
    this.faults = faults;
    if (node instanceof Map<?, ?> map) {
      this.entries = map;
    } else {
      this.entries = Map.of();
      faults.add(
          (path.isEmpty() ? "the file" : path) + " must be a map of keys, is " + shown(node));
    }
  }

  Section section(String key) {
    return new Section(path(key), value(key), faults);
  }

  List<?> list(String key, int minSize, int maxSize) {
    Object value = value(key);
    if (value instanceof List<?> list && list.size() >= minSize && list.size() <= maxSize) {
      return list;
    }
    fault(key, "must be a list of " + minSize + " to " + maxSize + " entries", value);
    return List.of();
  }

  String text(String key, String pattern) {
    Object value = value(key);
    if (value instanceof String text && text.matches(pattern)) {
      return text;
    }
    fault(key, "must be text of the form " + pattern, value);
    return "";
  }

  long whole(String key, long min, long max) {
    Object value = value(key);
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= min
        && ((Number) value).longValue() <= max) {
      return ((Number) value).longValue();
    }
    fault(key, "must be a whole number from " + min + " to " + max, value);
    return min;
  }

  int integer(String key, int min, int max) {
    return (int) whole(key, min, max);
  }

  double decimal(String key, double min, double max) {
    Object value = value(key);
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    fault(key, "must be a number from " + min + " to " + max, value);
    return min;
  }

  <E extends Enum<E>> E choice(String key, List<E> choices) {
    Object value = value(key);
    for (E choice : choices) {
      if (wire(choice).equals(value)) {
        return choice;
      }
    }
    String names = String.join(", ", choices.stream().map(Section::wire).toList());
    fault(key, "must be one of " + names, value);
    return choices.getFirst();
  }

  /// Any number of the choices, in lower case, each once.
  <E extends Enum<E>> Set<E> choices(String key, Class<E> type) {
    Set<E> chosen = EnumSet.noneOf(type);
    for (Object entry : list(key, 0, type.getEnumConstants().length)) {
      Optional<E> choice =
          Arrays.stream(type.getEnumConstants())
              .filter(candidate -> wire(candidate).equals(entry))
              .findFirst();
      if (choice.isEmpty() || !chosen.add(choice.get())) {
        fault(key, "names what there isn't, or something twice", entry);
      }
    }
    return chosen;
  }

  /// A misspelt key would silently leave its threshold as it was.
  void refuseOtherKeys() {
    List<String> unknown = new ArrayList<>();
    for (Object key : entries.keySet()) {
      if (!read.contains(String.valueOf(key))) {
        unknown.add(String.valueOf(key));
      }
    }
    for (String key : unknown) {
      faults.add(path(key) + " is not a key here; there are " + String.join(", ", read));
    }
  }

  private @Nullable Object value(String key) {
    read.add(key);
    return entries.get(key);
  }

  private void fault(String key, String expected, @Nullable Object value) {
    faults.add(path(key) + " " + expected + ", is " + shown(value));
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "missing";
    }
    String text = value.toString();
    if (text.isEmpty()) {
      return "empty";
    }
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static String wire(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
