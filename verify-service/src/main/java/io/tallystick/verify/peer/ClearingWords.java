package io.tallystick.verify.peer;

import com.google.protobuf.Timestamp;
import io.tallystick.api.clearing.v1.PaymentView;
import io.tallystick.api.common.v1.Reason;
import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.verify.code.ClearingWord;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads clearing-service's states of code payments, from its answers and from its events.
public final class ClearingWords {
  private ClearingWords() {}

  public static ClearingWord of(PaymentView view) {
    Facts facts =
        new Facts(
            view.getState(),
            view.getDeclineReason(),
            view.getPaidAt(),
            view.getChangedAt(),
            view.getRefunded().getAmountMinor());
    return new ClearingWord(facts.orderState(), view.getRevision());
  }

  /// Empty for a state that no code payment has.
  public static Optional<ClearingWord> of(PaymentChanged event) {
    Facts facts =
        new Facts(
            event.getState(),
            declineReason(event.getReasonsList()),
            event.getPaidAt(),
            event.getChangedAt(),
            event.getRefunded().getAmountMinor());
    return facts.isOfACode()
        ? Optional.of(new ClearingWord(facts.orderState(), event.getRevision()))
        : Optional.empty();
  }

  /// An event names the guard that declined as its first reason.
  private static String declineReason(List<Reason> reasons) {
    return reasons.isEmpty() ? "" : reasons.getFirst().getRule();
  }

  private record Facts(
      String state, String declineReason, Timestamp paid, Timestamp changed, long refundedMinor) {
    boolean isOfACode() {
      return switch (state) {
        case "paid", "declined", "awaiting-payer", "closed", "reversed", "refunded" -> true;
        default -> false;
      };
    }

    OrderState orderState() {
      Instant changedAt = ProtoTime.from(changed);
      return switch (state) {
        case "paid" -> new OrderState.Paid(ProtoTime.from(paid));
        case "declined" -> declined(changedAt);
        case "awaiting-payer" -> new OrderState.AwaitingPayer(changedAt);
        case "closed" -> new OrderState.Closed(changedAt);
        case "reversed" -> new OrderState.Reversed(changedAt);
        case "refunded" -> new OrderState.Refunded(ProtoTime.from(paid), refundedMinor, changedAt);
        default -> throw new IllegalStateException("clearing-service has a code payment " + state);
      };
    }

    /// A payment that a reversal stopped is reversed to whoever asks.
    private OrderState declined(Instant changedAt) {
      DeclineCause cause = DeclineCause.ofClearing(declineReason);
      return cause == DeclineCause.REVERSED
          ? new OrderState.Reversed(changedAt)
          : new OrderState.Declined(cause, changedAt);
    }
  }
}
