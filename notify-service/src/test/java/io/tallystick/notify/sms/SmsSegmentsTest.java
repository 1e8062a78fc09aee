package io.tallystick.notify.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SmsSegmentsTest {
  @Test
  void sendsTheGsmAlphabetAsSeptets() {
    SmsSegments segments = SmsSegments.of("@£_Δ A€{", 7);
    assertThat(segments.coding()).isEqualTo(SmsSegments.Coding.GSM7);
    assertThat(segments.coding().dataCoding()).isZero();
    assertThat(segments.payloads())
        .containsExactly(new byte[] {0x00, 0x01, 0x11, 0x10, 0x20, 0x41, 0x1B, 0x65, 0x1B, 0x28});
    assertThat(segments.joined()).isFalse();
  }

  @Test
  void sendsEverythingElseAsUcs2() {
    SmsSegments segments = SmsSegments.of("付款 1", 7);
    assertThat(segments.coding()).isEqualTo(SmsSegments.Coding.UCS2);
    assertThat(segments.coding().dataCoding()).isEqualTo((byte) 8);
    assertThat(segments.payloads())
        .containsExactly(new byte[] {0x4E, (byte) 0xD8, 0x6B, 0x3E, 0, 0x20, 0, 0x31});
  }

  @Test
  void fits160SeptetsOr70UnitsInOneMessage() {
    assertThat(SmsSegments.of("x".repeat(160), 1).payloads()).hasSize(1);
    assertThat(SmsSegments.of("x".repeat(161), 1).payloads()).hasSize(2);
    assertThat(SmsSegments.of("款".repeat(70), 1).payloads()).hasSize(1);
    assertThat(SmsSegments.of("款".repeat(71), 1).payloads()).hasSize(2);
  }

  @Test
  void joinsPartsByTheirHeader() {
    SmsSegments segments = SmsSegments.of("x".repeat(300), 0xAB);
    assertThat(segments.joined()).isTrue();
    assertThat(segments.payloads().get(0)).hasSize(159).startsWith(5, 0, 3, 0xAB, 2, 1);
    assertThat(segments.payloads().get(1)).hasSize(153).startsWith(5, 0, 3, 0xAB, 2, 2);
  }

  @Test
  void neverCutsAnEscapeSequence() {
    SmsSegments segments = SmsSegments.of("x".repeat(152) + "€" + "y".repeat(20), 1);
    assertThat(segments.payloads().get(0)).hasSize(6 + 152);
    assertThat(Arrays.copyOfRange(segments.payloads().get(1), 6, 8)).containsExactly(0x1B, 0x65);
  }

  @Test
  void neverCutsASurrogatePair() {
    String text = "款".repeat(66) + "😀" + "款".repeat(10);
    SmsSegments segments = SmsSegments.of(text, 1);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] payload : segments.payloads()) {
      String part = new String(payload, 6, payload.length - 6, StandardCharsets.UTF_16BE);
      assertThat(part).doesNotContain("\uFFFD");
      joined.writeBytes(part.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(joined.toString(StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void refusesEmptyAndEndlessTexts() {
    assertThatIllegalArgumentException().isThrownBy(() -> SmsSegments.of("", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> SmsSegments.of("x".repeat(919), 1));
    assertThat(SmsSegments.of("x".repeat(918), 1).payloads()).hasSize(SmsSegments.MAX_SEGMENTS);
  }
}
