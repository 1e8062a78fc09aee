package io.tallystick.notify.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {
  @Test
  void showsFirstAndLastDigitsOnly() {
    assertThat(contact("+8613812345678").masked()).isEqualTo("+86*******5678");
    assertThat(contact("+123456").masked()).isEqualTo("+12**56");
    assertThat(contact("+8613812345678").toString()).doesNotContain("1381234");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8613812345678", "+0861381234", "+86 138", "+12345", "+1234567890123456"})
  void refusesOtherThanE164(String number) {
    assertThatIllegalArgumentException().isThrownBy(() -> contact(number));
  }

  private static Contact contact(String number) {
    return new Contact(number, Instant.EPOCH);
  }
}
