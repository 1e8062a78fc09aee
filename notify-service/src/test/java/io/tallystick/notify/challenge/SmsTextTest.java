package io.tallystick.notify.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tallystick.notify.sms.SmsSegments;
import io.tallystick.protocol.model.Money;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SmsTextTest {
  private static final PaymentBinding PAYMENT =
      new PaymentBinding("tap_1", "shop-1", Money.of(4200, "CNY"));

  @Test
  void namesCodeAmountMerchantAndMinutes() {
    assertThat(
            new SmsText("{code}: {amount} to {merchant}, {minutes} min")
                .of("012345", PAYMENT, Duration.ofSeconds(299)))
        .isEqualTo("012345: 42.00 CNY to shop-1, 4 min");
  }

  @Test
  void writesOtherAlphabetsAsUcs2() {
    String text =
        new SmsText("{code}：向 {merchant} 付款 {amount}").of("012345", PAYMENT, Duration.ofMinutes(5));
    assertThat(SmsSegments.of(text, 0).coding()).isEqualTo(SmsSegments.Coding.UCS2);
  }

  @Test
  void refusesATemplateThatHidesWhatIsConfirmed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SmsText("{code} to {merchant}"))
        .withMessageContaining("{amount}");
    assertThatIllegalArgumentException().isThrownBy(() -> new SmsText("{code} {amount}"));
    assertThatIllegalArgumentException().isThrownBy(() -> new SmsText("{amount} {merchant}"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SmsText("{code}{amount}{merchant}" + "x".repeat(1_000)));
  }

  @Test
  void answersSurviveTheirStorage() {
    AnswerCodec codec = new AnswerCodec();
    for (Answer answer :
        new Answer[] {
          new Answer.Passed(), new Answer.Wrong(3), new Answer.CodeExpired(),
          new Answer.Refused("wrong-origin"), new Answer.Failed(), new Answer.Expired()
        }) {
      assertThat(codec.decode(codec.encode(answer))).isEqualTo(answer);
    }
  }
}
