package io.tallystick.kit.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/// Counters that exist from the start. A counter that appears with its first increment has lost
/// that increment for every `rate()`, and an alert on it is silent when it should speak.
public final class Counters {
  private Counters() {}

  /// A counter without labels, at zero.
  public static void declare(MeterRegistry registry, String name, String description) {
    Counter.builder(name).description(description).register(registry);
  }

  /// A counter with one label, at zero for each value it may have.
  public static void declare(
      MeterRegistry registry,
      String name,
      String description,
      String label,
      Collection<String> values) {
    for (String value : values) {
      Counter.builder(name).description(description).tag(label, value).register(registry);
    }
  }
}
