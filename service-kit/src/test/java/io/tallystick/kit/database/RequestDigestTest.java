package io.tallystick.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequestDigestTest {
  private final RequestDigest first =
      RequestDigest.of("amountMinor", 1200L).and("currency", "CNY").and("payer", "p1");

  @Test
  void sameRequestInAnyOrderIsTheSame() {
    assertThat(RequestDigest.of("payer", "p1").and("currency", "CNY").and("amountMinor", 1200L))
        .isEqualTo(first);
  }

  @Test
  void namesWhatDiffers() {
    RequestDigest other =
        RequestDigest.of("amountMinor", 1300L).and("currency", "CNY").and("memo", "x");
    assertThat(first.difference(other)).isEqualTo("amountMinor, memo, payer");
  }

  @Test
  void survivesStorageAndSaysNothingOfTheValues() {
    assertThat(RequestDigest.parse(first.json())).isEqualTo(first);
    assertThat(first.json()).doesNotContain("1200").doesNotContain("CNY");
    assertThat(first.toString()).doesNotContain("1200");
  }

  @Test
  void bytesCountByContent() {
    assertThat(RequestDigest.of("data", new byte[] {1, 2}))
        .isEqualTo(RequestDigest.of("data", new byte[] {1, 2}))
        .isNotEqualTo(RequestDigest.of("data", new byte[] {1, 3}));
  }

  @Test
  void refusesAFieldGivenTwice() {
    assertThatThrownBy(() -> first.and("payer", "p2")).hasMessageContaining("payer");
  }
}
