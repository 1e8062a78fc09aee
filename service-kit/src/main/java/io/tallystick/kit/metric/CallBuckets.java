package io.tallystick.kit.metric;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.LongStream;

/// Durations of calls are counted in fixed buckets, so that percentiles can be added up over
/// replicas. The bounds stand around the deadlines that calls have here.
@Singleton
class CallBuckets implements MeterFilter {
  private static final Set<String> TIMED =
      Set.of(
          "http.server.requests",
          "grpc.server.processing.duration",
          "grpc.client.processing.duration");
  private static final double[] BOUNDS_NANOS =
      LongStream.of(2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    return TIMED.contains(id.getName())
        ? DistributionStatisticConfig.builder()
            .serviceLevelObjectives(BOUNDS_NANOS)
            .build()
            .merge(config)
        : config;
  }
}
