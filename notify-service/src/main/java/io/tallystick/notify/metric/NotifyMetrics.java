package io.tallystick.notify.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.metric.Counters;
import io.tallystick.kit.metric.TableGauge;
import io.tallystick.kit.metric.TableGauges;
import io.tallystick.notify.challenge.ChallengeEnds;
import io.tallystick.notify.inbox.rest.InboxStreams;
import io.tallystick.notify.webhook.WebhookDispatcher;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// Challenges, what waits to be told to payers and merchants, and who is listening.
@Singleton
class NotifyMetrics implements TableGauges {
  void declare(@Observes StartupEvent started, MeterRegistry registry, InboxStreams streams) {
    challenge(registry, "passed", "sms");
    challenge(registry, "passed", "face");
    challenge(registry, "failed", "sms");
    challenge(registry, "expired", "none");
    Counters.declare(
        registry,
        WebhookDispatcher.METRIC,
        "Attempts to deliver a webhook, by what came of them",
        "outcome",
        List.of("delivered", "failed", "given-up"));
    Gauge.builder("tallystick.notify.inbox.streams", streams, InboxStreams::openStreams)
        .description("Inboxes that are being streamed by this replica")
        .register(registry);
  }

  private static void challenge(MeterRegistry registry, String outcome, String method) {
    Counter.builder(ChallengeEnds.METRIC)
        .description("Challenges that ended, by outcome and by the method that answered")
        .tags("outcome", outcome, "method", method)
        .register(registry);
  }

  @Override
  public List<TableGauge> gauges() {
    return List.of(
        TableGauge.of(
            "tallystick.notify.challenges.open",
            "Challenges that await their payer",
            "select count(*) as value from challenge where state in ('created', 'delivered')"),
        TableGauge.of(
            "tallystick.notify.webhook.backlog",
            "Webhook deliveries that are still to be made",
            "select count(*) as value from webhook_delivery where state = 'pending'"),
        TableGauge.of(
            "tallystick.notify.webhook.oldest.seconds",
            "Since the oldest of them was queued; 0 when there is none",
            """
            select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) as value
            from webhook_delivery where state = 'pending'
            """),
        TableGauge.of(
            "tallystick.notify.sms.queued",
            "Short messages that the SMS centre has not taken yet",
            "select count(*) as value from sms where state = 'queued'"));
  }
}
