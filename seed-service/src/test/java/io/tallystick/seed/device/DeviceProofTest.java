package io.tallystick.seed.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeviceProofTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  @Test
  void isFiveLinesAsDocumented() {
    assertThat(text(DeviceProof.enrolment("alice", "Y2g=", "A2s=", "key-1")))
        .isEqualTo("tallystick/device-enrolment/v1\nalice\nY2g=\nA2s=\nkey-1");
    assertThat(text(DeviceProof.renewal("alice", "5f0c9b7a1e2d3c4b", "key-1", 1_772_352_000)))
        .isEqualTo("tallystick/device-renewal/v1\nalice\n5f0c9b7a1e2d3c4b\nkey-1\n1772352000");
    assertThat(text(DeviceProof.onlineCode("alice", "5f0c9b7a1e2d3c4b", "key-1", 1_772_352_000)))
        .isEqualTo("tallystick/online-code/v1\nalice\n5f0c9b7a1e2d3c4b\nkey-1\n1772352000");
  }

  @Test
  void noPartCanPassForTwo() {
    assertThatThrownBy(() -> DeviceProof.renewal("alice\nbob", "5f", "key", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mustBeMadeWithinTheTolerance() {
    long now = NOW.getEpochSecond();
    for (long off : new long[] {-300, 0, 300}) {
      assertThatCode(() -> DeviceProof.requireFresh(now + off, NOW, TOLERANCE))
          .doesNotThrowAnyException();
    }
    for (long off : new long[] {-301, 301, Long.MAX_VALUE - now, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> DeviceProof.requireFresh(now + off, NOW, TOLERANCE))
          .hasMessageContaining("PROOF_REFUSED");
    }
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }
}
