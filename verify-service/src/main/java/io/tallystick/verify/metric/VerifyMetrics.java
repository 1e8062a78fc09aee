package io.tallystick.verify.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.metric.Counters;
import io.tallystick.kit.metric.TableGauge;
import io.tallystick.kit.metric.TableGauges;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.guess.GuessScope;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Codes paid and declined, halves received, orders that are still open.
@Singleton
class VerifyMetrics implements TableGauges {
  void declare(@Observes StartupEvent started, MeterRegistry registry) {
    Counters.declare(
        registry,
        "tallystick.verify.code.payments",
        "Answers to PayByCode, by what they said; declined ones by the cause",
        "outcome",
        Stream.concat(
                Stream.of("paid", "awaiting-payer", "closed", "reversed", "refunded"),
                Arrays.stream(DeclineCause.values()).map(DeclineCause::label))
            .distinct()
            .toList());
    Counters.declare(
        registry,
        "tallystick.verify.code.turned.away",
        "Payments by code turned away after too many wrong codes",
        "scope",
        List.of(GuessScope.TERMINAL.label(), GuessScope.MERCHANT.label()));
    Counters.declare(
        registry,
        "tallystick.verify.orders.swept",
        "Orders left authorising that were ended by the sweep");
    Counters.declare(
        registry,
        "tallystick.verify.risk.unanswered",
        "Payments that stepped up because risk-service gave no answer");
    halves(registry);
  }

  private static void halves(MeterRegistry registry) {
    for (TapHalf.Side side : TapHalf.Side.values()) {
      for (String outcome : List.of("accepted", "duplicate", "conflict")) {
        Counter.builder("tallystick.verify.halves")
            .description("Halves of taps, by what became of them; refused ones by the reason")
            .tags("side", side.name().toLowerCase(Locale.ROOT), "outcome", outcome)
            .register(registry);
      }
    }
  }

  @Override
  public List<TableGauge> gauges() {
    return List.of(
        TableGauge.of(
            "tallystick.verify.orders.authorising",
            "Code orders whose outcome is not known yet",
            "select count(*) as value from code_order where state = 'authorising'"),
        TableGauge.of(
            "tallystick.verify.orders.authorising.oldest.seconds",
            "Since the oldest of them was received; 0 when there is none",
            """
            select coalesce(extract(epoch from clock_timestamp() - min(received_at)), 0) as value
            from code_order where state = 'authorising'
            """));
  }
}
