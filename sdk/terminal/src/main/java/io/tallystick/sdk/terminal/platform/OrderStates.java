package io.tallystick.sdk.terminal.platform;

import com.google.protobuf.Timestamp;
import io.tallystick.api.verify.v1.DeclineReason;
import io.tallystick.api.verify.v1.Declined;
import io.tallystick.api.verify.v1.Paid;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.QueryPaymentResponse;
import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.Locale;

/** Reads the platform's answers. */
final class OrderStates {
  private static final String REASON_PREFIX = "DECLINE_REASON_";

  private OrderStates() {}

  static OrderState ofPayment(PayByCodeResponse answer) {
    String paymentId = answer.getPaymentId();
    return switch (answer.getOutcomeCase()) {
      case PAID -> paid(paymentId, answer.getPaid());
      case DECLINED -> declined(paymentId, answer.getDeclined());
      case AWAITING_PAYER -> new OrderState.AwaitingPayer(paymentId);
      case OUTCOME_NOT_SET -> new OrderState.Authorising(paymentId);
    };
  }

  static OrderState ofQuery(QueryPaymentResponse answer) {
    String paymentId = answer.getPaymentId();
    return switch (answer.getStateCase()) {
      case AUTHORISING, STATE_NOT_SET -> new OrderState.Authorising(paymentId);
      case PAID -> paid(paymentId, answer.getPaid());
      case DECLINED -> declined(paymentId, answer.getDeclined());
      case AWAITING_PAYER -> new OrderState.AwaitingPayer(paymentId);
      case REVERSED -> new OrderState.Reversed(paymentId);
      case REFUNDED ->
          new OrderState.Refunded(
              paymentId,
              money(answer.getRefunded().getPaid()),
              money(answer.getRefunded().getRefunded()));
      case CLOSED -> new OrderState.Closed(paymentId);
      case UNKNOWN_ORDER -> new OrderState.UnknownOrder();
    };
  }

  static Money money(io.tallystick.api.common.v1.Money money) {
    return Money.of(money.getAmountMinor(), money.getCurrency());
  }

  static io.tallystick.api.common.v1.Money message(Money money) {
    return io.tallystick.api.common.v1.Money.newBuilder()
        .setAmountMinor(money.amountMinor())
        .setCurrency(money.currency())
        .build();
  }

  private static OrderState paid(String paymentId, Paid paid) {
    return new OrderState.Paid(paymentId, money(paid.getAmount()), instant(paid.getPaidAt()));
  }

  private static OrderState declined(String paymentId, Declined declined) {
    DeclineReason reason = declined.getReason();
    return new OrderState.Declined(
        paymentId,
        reason.name().startsWith(REASON_PREFIX)
            ? reason.name().substring(REASON_PREFIX.length()).toLowerCase(Locale.ROOT)
            : "unrecognised");
  }

  private static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
