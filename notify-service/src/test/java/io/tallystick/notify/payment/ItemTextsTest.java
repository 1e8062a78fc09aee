package io.tallystick.notify.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallystick.notify.challenge.Challenge;
import io.tallystick.notify.challenge.PaymentBinding;
import io.tallystick.notify.inbox.InboxItem;
import io.tallystick.notify.reason.Reason;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.state.ChallengeState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTextsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Money AMOUNT = Money.of(4200, "CNY");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paid | You paid 42.00 CNY at shop-1.",
        "cleared | Your tap of 42.00 CNY at shop-1 was paid.",
        "declined | 42.00 CNY at shop-1 was declined (too fast). You paid nothing.",
        "refused | Your tap of 42.00 CNY at shop-1 was refused (too fast).",
        "closed | 42.00 CNY at shop-1 was closed unpaid (too fast).",
        "returned | The money for 42.00 CNY at shop-1 is yours again (too fast).",
        "reversed | Your payment of 42.00 CNY at shop-1 was reversed.",
        "refunded | shop-1 refunded 42.00 CNY.",
        "settled | The merchant has received 42.00 CNY at shop-1."
      })
  void saysWhatHappened(String state, String text) {
    InboxItem item = ItemTexts.payment(changed(state, null)).orElseThrow();
    assertThat(item.text()).isEqualTo(text);
    assertThat(item.type()).isEqualTo(InboxItem.Type.PAYMENT);
  }

  @Test
  void saysHowMuchWasRefunded() {
    InboxItem item = ItemTexts.payment(changed("refunded", Money.of(100, "CNY"))).orElseThrow();
    assertThat(item.text()).isEqualTo("shop-1 refunded 1.00 CNY of 42.00 CNY so far.");
  }

  @Test
  void isSilentAboutWhatIsNoNews() {
    assertThat(ItemTexts.payment(changed("received", null))).isEmpty();
    assertThat(ItemTexts.payment(changed("scored", null))).isEmpty();
  }

  @Test
  void asksWithAmountMerchantReasonAndDeadline() {
    Challenge challenge =
        new Challenge(
            "payer-1",
            "chl_1",
            new PaymentBinding("tap_1", "shop-1", AMOUNT),
            List.of(),
            ChallengeState.begin(),
            null,
            NOON,
            NOON.plusSeconds(1800),
            null,
            new Challenge.Tries(0, 5),
            new Challenge.SmsProgress(0, null, null, null),
            new Challenge.FaceProgress(0, null));
    InboxItem item = ItemTexts.challenge(changed("frozen", null), challenge);
    assertThat(item.text())
        .isEqualTo(
            "42.00 CNY at shop-1 is waiting for you (too fast)."
                + " Confirm it by 12:30 UTC, or it will not be paid.");
    assertThat(item.challengeId()).isEqualTo("chl_1");
  }

  private static ChangedPayment changed(String state, @Nullable Money refunded) {
    Reason reason = new Reason("frequency", "too fast.", Map.of(), Map.of(), List.of());
    return new ChangedPayment(
        "tap_1",
        "payer-1",
        "shop-1",
        "till-1",
        Optional.empty(),
        AMOUNT,
        refunded,
        state,
        "received",
        2,
        List.of(reason),
        NOON,
        NOON,
        false);
  }
}
