package io.tallystick.verify.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallystick.protocol.state.PaymentState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderStateTest {
  private static final Instant AT = Instant.EPOCH;

  @Test
  void isCalledAsTheProtocolCallsIt() {
    List<OrderState> states =
        List.of(
            new OrderState.Authorising(),
            new OrderState.Paid(AT),
            new OrderState.AwaitingPayer(AT),
            new OrderState.Closed(AT),
            new OrderState.Reversed(AT));
    for (OrderState state : states) {
      assertThat(PaymentState.parse(state.label()).name()).isEqualTo(state.label());
    }
    assertThat(PaymentState.begin().decline("currency").name())
        .isEqualTo(new OrderState.Declined(DeclineCause.CURRENCY, AT).label());
    assertThat(new OrderState.Refunded(AT, 1, AT).label()).isEqualTo("refunded");
  }

  @Test
  void knowsClearingsReasons() {
    assertThat(DeclineCause.ofClearing("insufficient_funds"))
        .isEqualTo(DeclineCause.INSUFFICIENT_FUNDS);
    assertThat(DeclineCause.ofClearing("unknown_account"))
        .isEqualTo(DeclineCause.INSUFFICIENT_FUNDS);
    assertThat(DeclineCause.ofClearing("instrument_used")).isEqualTo(DeclineCause.CODE_REFUSED);
    assertThat(DeclineCause.ofClearing("reversed")).isEqualTo(DeclineCause.REVERSED);
    assertThat(DeclineCause.ofClearing("currency")).isEqualTo(DeclineCause.CURRENCY);
    assertThatThrownBy(() -> DeclineCause.ofClearing("whim")).hasMessageContaining("whim");
  }

  @Test
  void readsItsOwnLabels() {
    for (DeclineCause cause : DeclineCause.values()) {
      assertThat(DeclineCause.ofLabel(cause.label())).isEqualTo(cause);
    }
  }
}
