package io.tallystick.sandbox.cli.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What one service showed at a moment: the samples of a Prometheus text exposition.
///
/// @param atNanos of a clock that only rises
record Scrape(long atNanos, List<Sample> samples) {
  private static final Pattern LINE =
      Pattern.compile("^([a-zA-Z_:]\\w*)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /// One number.
  record Sample(String name, Map<String, String> labels, double value) {
    String label(String label) {
      return labels.getOrDefault(label, "");
    }
  }

  Scrape {
    samples = List.copyOf(samples);
  }

  static Scrape parse(long atNanos, String exposition) {
    List<Sample> samples = new ArrayList<>();
    LINE.matcher(exposition).results().forEach(line -> samples.add(sample(line)));
    return new Scrape(atNanos, samples);
  }

  /// Sum of all series of a name.
  double sum(String name) {
    return samples.stream().filter(s -> s.name().equals(name)).mapToDouble(Sample::value).sum();
  }

  /// The largest of all series of a name, 0 when there is none.
  double max(String name) {
    return samples.stream()
        .filter(s -> s.name().equals(name))
        .mapToDouble(Sample::value)
        .max()
        .orElse(0);
  }

  /// Sums by the values of one label.
  Map<String, Double> by(String name, String label) {
    Map<String, Double> sums = new TreeMap<>();
    samples.stream()
        .filter(s -> s.name().equals(name))
        .forEach(s -> sums.merge(s.label(label), s.value(), Double::sum));
    return sums;
  }

  /// How much a number grew a second since an earlier scrape; 0 after a restart, when it fell.
  double rate(Scrape earlier, ToDoubleFunction<Scrape> number) {
    double seconds = (atNanos - earlier.atNanos()) / 1e9;
    return seconds <= 0
        ? 0
        : Math.max(0, number.applyAsDouble(this) - number.applyAsDouble(earlier)) / seconds;
  }

  private static Sample sample(MatchResult line) {
    Map<String, String> labels = new HashMap<>();
    if (line.group(2) != null) {
      LABEL
          .matcher(line.group(2))
          .results()
          .forEach(label -> labels.put(label.group(1), label.group(2)));
    }
    return new Sample(line.group(1), labels, number(line.group(3)));
  }

  private static double number(String text) {
    return switch (text) {
      case "NaN" -> 0;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
