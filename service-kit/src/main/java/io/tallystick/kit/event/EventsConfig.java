package io.tallystick.kit.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits and periods of outbox, relay and consumers.
@ConfigMapping(prefix = "tallystick.events")
public interface EventsConfig {
  /// Partitions of each stream; the same in every service.
  @WithDefault("4")
  int partitions();

  /// Largest event, in bytes of its message.
  @WithDefault("262144")
  int largestBytes();

  /// Most rows that the relay publishes in one transaction.
  @WithDefault("500")
  int relayBatch();

  /// How often the relay looks without being woken.
  @WithDefault("PT1S")
  Duration relayPoll();

  /// How long relay and consumers let events gather after a batch that was not full: the first
  /// event goes at once, those close behind it go together, in one transaction rather than one
  /// each.
  @WithDefault("PT0.025S")
  Duration gather();

  /// Most entries in one partition in Redis; beyond it rows wait in the outbox.
  @WithDefault("100000")
  int partitionLimit();

  /// How often acknowledgements are looked at and losses of Redis detected.
  @WithDefault("PT2S")
  Duration confirmEvery();

  /// Most entries that a consumer takes at once.
  @WithDefault("200")
  int consumerBatch();

  /// How long a consumer waits in Redis for something new.
  @WithDefault("PT1S")
  Duration consumerBlock();

  /// An entry that its consumer hasn't acknowledged for this long is taken over by another.
  @WithDefault("PT30S")
  Duration claimIdle();

  /// How often a consumer looks for entries to take over.
  @WithDefault("PT5S")
  Duration claimEvery();

  /// Deliveries after which a failing entry becomes a dead letter.
  @WithDefault("5")
  int deliveries();

  /// Pause before the second delivery of a failing entry; each further one is twice as long.
  @WithDefault("PT0.2S")
  Duration retryPause();

  /// How long Redis may take to answer a command.
  @WithDefault("PT5S")
  Duration redisTimeout();

  /// How long delivered outbox rows are kept.
  @WithDefault("PT24H")
  Duration keepDelivered();

  /// How long inbox rows are kept. An event older than nine tenths of it can no longer be told from
  /// one that had its effect, and becomes a dead letter.
  @WithDefault("P90D")
  Duration keepInbox();

  /// How long idempotency keys are kept.
  @WithDefault("P30D")
  Duration keepIdempotencyKeys();

  /// How often old rows are deleted.
  @WithDefault("PT1M")
  Duration cleanEvery();

  /// Whether this process relays and consumes; off only for tests that do it step by step.
  @WithDefault("true")
  boolean enabled();
}
