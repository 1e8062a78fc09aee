package io.tallystick.sandbox.cli.watch;

import io.tallystick.sandbox.cli.watch.Scrape.Sample;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The calls that a service answered, gRPC and REST together, from its duration histograms.
final class Calls {
  private static final String GRPC = "grpc_server_processing_duration_seconds";
  private static final String REST = "http_server_requests_seconds";
  private static final String TOP = "+Inf";

  private Calls() {}

  /// How many calls there were.
  static double count(Scrape scrape) {
    return matching(scrape, _ -> true);
  }

  /// How many of them failed for a reason of ours.
  static double failed(Scrape scrape) {
    return matching(
        scrape,
        s ->
            s.label("status").startsWith("5")
                || s.label("statusCode").matches("INTERNAL|UNAVAILABLE|UNKNOWN|DEADLINE_EXCEEDED"));
  }

  /// The bound, in milliseconds, below which a share of the calls between two scrapes stayed; 0
  /// when there were none.
  static double quantileMillis(Scrape earlier, Scrape later, double share) {
    Map<Double, Double> counts = buckets(later);
    buckets(earlier).forEach((bound, count) -> counts.merge(bound, -count, Double::sum));
    double all = counts.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    if (all <= 0) {
      return 0;
    }
    for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
      if (bucket.getValue() >= share * all) {
        return bucket.getKey() * 1_000;
      }
    }
    throw new AssertionError("the last bucket has all");
  }

  private static double matching(Scrape scrape, Predicate<Sample> wanted) {
    return scrape.samples().stream()
        .filter(s -> s.name().equals(GRPC + "_count") || s.name().equals(REST + "_count"))
        .filter(s -> !s.label("service").startsWith("grpc."))
        .filter(s -> !s.label("uri").startsWith("/q/"))
        .filter(wanted)
        .mapToDouble(Sample::value)
        .sum();
  }

  private static Map<Double, Double> buckets(Scrape scrape) {
    Map<Double, Double> counts = new TreeMap<>();
    scrape.samples().stream()
        .filter(s -> s.name().equals(GRPC + "_bucket") || s.name().equals(REST + "_bucket"))
        .filter(s -> !s.label("service").startsWith("grpc."))
        .filter(s -> !s.label("uri").startsWith("/q/"))
        .forEach(s -> counts.merge(bound(s.label("le")), s.value(), Double::sum));
    return counts;
  }

  private static double bound(String text) {
    return text.equals(TOP) ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
