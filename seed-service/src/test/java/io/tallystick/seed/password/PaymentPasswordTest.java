package io.tallystick.seed.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentPasswordTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"1", "12345", "000000", "123456", "98765432", "2345678", "aaaaaa", "      "})
  void isWeak(String text) {
    assertThat(new PaymentPassword(text).isWeak()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"739164", "112233", "135790", "1234567x", "correct horse", "246802", "121212"})
  void isNotWeak(String text) {
    assertThat(new PaymentPassword(text).isWeak()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "пароль", "73916\n4"})
  void isNoPassword(String text) {
    assertThat(PaymentPassword.isWellFormed(text)).isFalse();
    assertThatThrownBy(() -> new PaymentPassword(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isAtMostSixtyFourCharacters() {
    assertThat(PaymentPassword.isWellFormed("x7".repeat(32))).isTrue();
    assertThat(PaymentPassword.isWellFormed("x7".repeat(32) + "x")).isFalse();
  }

  @Test
  void neverPrintsItself() {
    assertThat(new PaymentPassword("739164").toString()).doesNotContain("739164");
  }
}
