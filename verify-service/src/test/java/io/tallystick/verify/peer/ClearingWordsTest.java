package io.tallystick.verify.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.tallystick.api.clearing.v1.PaymentView;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.common.v1.Reason;
import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.verify.code.ClearingWord;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClearingWordsTest {
  private static final Instant PAID = Instant.ofEpochSecond(10);
  private static final Instant CHANGED = Instant.ofEpochSecond(20);

  @Test
  void readsEveryStateOfAnAnswer() {
    assertThat(of("paid", "")).isEqualTo(new OrderState.Paid(PAID));
    assertThat(of("declined", "currency"))
        .isEqualTo(new OrderState.Declined(DeclineCause.CURRENCY, CHANGED));
    assertThat(of("declined", "reversed")).isEqualTo(new OrderState.Reversed(CHANGED));
    assertThat(of("awaiting-payer", "")).isEqualTo(new OrderState.AwaitingPayer(CHANGED));
    assertThat(of("closed", "")).isEqualTo(new OrderState.Closed(CHANGED));
    assertThat(of("reversed", "")).isEqualTo(new OrderState.Reversed(CHANGED));
    assertThat(of("refunded", "")).isEqualTo(new OrderState.Refunded(PAID, 7, CHANGED));
  }

  @Test
  void takesTheReasonOfAnEventFromItsFirstReason() {
    PaymentChanged declined =
        event("declined").addReasons(Reason.newBuilder().setRule("insufficient_funds")).build();

    assertThat(ClearingWords.of(declined))
        .contains(
            new ClearingWord(new OrderState.Declined(DeclineCause.INSUFFICIENT_FUNDS, CHANGED), 3));
  }

  @Test
  void passesOverStatesOfTaps() {
    for (String state : new String[] {"received", "cleared", "frozen", "refused", "returned"}) {
      assertThat(ClearingWords.of(event(state).build())).isEmpty();
    }
  }

  private static OrderState of(String state, String reason) {
    return ClearingWords.of(
            PaymentView.newBuilder()
                .setState(state)
                .setDeclineReason(reason)
                .setPaidAt(timestamp(PAID))
                .setChangedAt(timestamp(CHANGED))
                .setRefunded(Money.newBuilder().setAmountMinor(7))
                .setRevision(2)
                .build())
        .state();
  }

  private static PaymentChanged.Builder event(String state) {
    return PaymentChanged.newBuilder()
        .setState(state)
        .setRevision(3)
        .setPaidAt(timestamp(PAID))
        .setChangedAt(timestamp(CHANGED));
  }

  private static Timestamp timestamp(Instant instant) {
    return ProtoTime.of(instant);
  }
}
