package io.tallystick.k8s;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Just enough of Prometheus' query language to tell which metrics and labels a query names.
final class PromQl {
  private static final Set<String> WORDS =
      Set.of(
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "and",
          "or",
          "unless",
          "offset",
          "bool",
          "inf",
          "nan");
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
  private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern DURATION =
      Pattern.compile("\\b[0-9]+(?:\\.[0-9]+)?(?:ms|[smhdwy])\\b");
  private static final Pattern NAME = Pattern.compile("(?<![\\w:$])([a-zA-Z_:][\\w:]*)(\\s*\\()?");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_]\\w*");

  private PromQl() {}

  static Set<String> metrics(String query) {
    String text = RANGE.matcher(STRING.matcher(query).replaceAll("")).replaceAll("");
    text = GROUPING.matcher(SELECTOR.matcher(text).replaceAll("")).replaceAll(" ");
    text = DURATION.matcher(text).replaceAll("");
    Set<String> metrics = new TreeSet<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      boolean function = name.group(2) != null;
      if (!function && !WORDS.contains(name.group(1).toLowerCase(Locale.ROOT))) {
        metrics.add(name.group(1));
      }
    }
    return metrics;
  }

  static Set<String> labels(String query) {
    String text = STRING.matcher(query).replaceAll("");
    Set<String> labels = new TreeSet<>();
    for (Pattern place : new Pattern[] {SELECTOR, GROUPING}) {
      Matcher found = place.matcher(text);
      while (found.find()) {
        Matcher label = LABEL.matcher(found.group(1));
        while (label.find()) {
          labels.add(label.group());
        }
      }
    }
    return labels;
  }
}
