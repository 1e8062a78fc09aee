package io.tallystick.kit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  @Test
  void keysOfAPartitionAreInOneSlot() {
    assertThat(EventStream.TOKENS.key(3)).isEqualTo("tallystick:{tokens:3}");
    assertThat(EventStream.TOKENS.beatKey(3)).isEqualTo("tallystick:{tokens:3}:beat");
    assertThat(EventStream.TOKENS.deadKey(3)).isEqualTo("tallystick:{tokens:3}:dead");
  }

  @Test
  void producerIsNoConsumerOfItsOwnStream() {
    for (EventStream stream : EventStream.values()) {
      assertThat(stream.groups()).isNotEmpty().doesNotContain(stream.producer());
    }
  }

  /// Producers of another version, or in another language, must come to the same partitions.
  @Test
  void partitionsOfKeysAreFixed() {
    assertThat(
            new TreeMap<>(
                Map.of(
                    "payer-1", Outbox.partition("payer-1", 4),
                    "payer-2", Outbox.partition("payer-2", 4),
                    "m-77", Outbox.partition("m-77", 4),
                    "支付", Outbox.partition("支付", 4))))
        .hasToString("{m-77=2, payer-1=2, payer-2=0, 支付=2}");
  }

  @Test
  void entryIdsAreOrderedByNumber() {
    EntryId small = EntryId.parse("999-10");
    EntryId large = EntryId.parse("1000-2");
    assertThat(small).isLessThan(large);
    assertThat(EntryId.parse("1000-10")).isGreaterThan(large);
    assertThat(large.next()).hasToString("1000-3");
    assertThatThrownBy(() -> EntryId.parse("1000")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eventIdsAreVersionSevenAndOrderedByTime() {
    UUID early = EventIds.at(Instant.parse("2026-03-01T00:00:00Z"));
    UUID late = EventIds.at(Instant.parse("2026-03-01T00:00:00.001Z"));
    assertThat(early.version()).isEqualTo(7);
    assertThat(early.variant()).isEqualTo(2);
    assertThat(early.toString()).isLessThan(late.toString());
    assertThat(early.getMostSignificantBits() >>> 16)
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli());
  }
}
