package io.tallystick.seed.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class AccountNumbersTest {
  @Test
  void haveThePrefixAndAGoodCheckDigit() {
    AccountNumbers numbers = new AccountNumbers("804", new SecureRandom());
    for (int i = 0; i < 200; i++) {
      String number = numbers.generate().value();
      assertThat(number).matches("804[0-9]{13}");
      assertThat(AccountNumbers.checkDigit(number.substring(0, 15)))
          .isEqualTo(number.charAt(15) - '0');
    }
  }

  @Test
  void haveTheCheckDigitOfTheStandard() {
    // The standard's own method, on well-known test numbers.
    assertThat(AccountNumbers.checkDigit("411111111111111")).isEqualTo(1);
    assertThat(AccountNumbers.checkDigit("7992739871")).isEqualTo(3);
  }

  @Test
  void refuseOtherPrefixes() {
    assertThatThrownBy(() -> new AccountNumbers("80x", new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
