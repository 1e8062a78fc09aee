package io.tallystick.verify.grpc;

import io.tallystick.api.verify.v1.Authorising;
import io.tallystick.api.verify.v1.AwaitingPayer;
import io.tallystick.api.verify.v1.Closed;
import io.tallystick.api.verify.v1.DeclineReason;
import io.tallystick.api.verify.v1.Declined;
import io.tallystick.api.verify.v1.NothingToReverse;
import io.tallystick.api.verify.v1.Paid;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.QueryPaymentResponse;
import io.tallystick.api.verify.v1.RefundPaymentResponse;
import io.tallystick.api.verify.v1.RefundRefused;
import io.tallystick.api.verify.v1.Refunded;
import io.tallystick.api.verify.v1.ReversePaymentResponse;
import io.tallystick.api.verify.v1.Reversed;
import io.tallystick.api.verify.v1.TooLate;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.Money;
import io.tallystick.verify.code.CodeOrder;
import io.tallystick.verify.code.DeclineCause;
import io.tallystick.verify.code.OrderState;
import io.tallystick.verify.payment.Refunds;
import io.tallystick.verify.payment.Reversals;
import java.time.Instant;

/// Writes orders as responses.
final class OrderResponses {
  private OrderResponses() {}

  /// What a terminal hears when it pays, first or again. A payment that was refunded was paid; one
  /// that was reversed or closed did not happen.
  static PayByCodeResponse paid(CodeOrder order) {
    PayByCodeResponse.Builder response =
        PayByCodeResponse.newBuilder().setPaymentId(order.paymentId());
    return switch (order.state()) {
      case OrderState.Paid(var at) -> response.setPaid(paid(order, at)).build();
      case OrderState.Refunded(var paidAt, var _, var _) ->
          response.setPaid(paid(order, paidAt)).build();
      case OrderState.AwaitingPayer(var since) ->
          response.setAwaitingPayer(awaiting(since)).build();
      case OrderState.Declined(var cause, var at) ->
          response.setDeclined(declined(cause, at)).build();
      case OrderState.Reversed(var at) ->
          response.setDeclined(declined(DeclineCause.REVERSED, at)).build();
      case OrderState.Closed(var at) ->
          response.setDeclined(declined(DeclineCause.RISK_REFUSED, at)).build();
      case OrderState.Authorising _ ->
          throw new IllegalArgumentException("an order that is authorising has no answer");
    };
  }

  static QueryPaymentResponse queried(CodeOrder order) {
    QueryPaymentResponse.Builder response =
        QueryPaymentResponse.newBuilder().setPaymentId(order.paymentId());
    return switch (order.state()) {
      case OrderState.Authorising _ ->
          response
              .setAuthorising(Authorising.newBuilder().setSince(ProtoTime.of(order.receivedAt())))
              .build();
      case OrderState.Paid(var at) -> response.setPaid(paid(order, at)).build();
      case OrderState.Declined(var cause, var at) ->
          response.setDeclined(declined(cause, at)).build();
      case OrderState.AwaitingPayer(var since) ->
          response.setAwaitingPayer(awaiting(since)).build();
      case OrderState.Reversed(var at) -> response.setReversed(reversed(at)).build();
      case OrderState.Refunded refunded -> response.setRefunded(refunded(order, refunded)).build();
      case OrderState.Closed(var at) ->
          response.setClosed(Closed.newBuilder().setClosedAt(ProtoTime.of(at))).build();
    };
  }

  static ReversePaymentResponse of(Reversals.Outcome outcome) {
    ReversePaymentResponse.Builder response = ReversePaymentResponse.newBuilder();
    return switch (outcome) {
      case Reversals.Outcome.Reversed(var at) -> response.setReversed(reversed(at)).build();
      case Reversals.Outcome.NothingToReverse _ ->
          response.setNothingToReverse(NothingToReverse.getDefaultInstance()).build();
      case Reversals.Outcome.TooLate(var explanation) ->
          response.setTooLate(TooLate.newBuilder().setExplanation(explanation)).build();
    };
  }

  static RefundPaymentResponse of(Refunds.Outcome outcome) {
    RefundPaymentResponse.Builder response = RefundPaymentResponse.newBuilder();
    return switch (outcome) {
      case Refunds.Outcome.Refunded(var order, var state) ->
          response.setRefunded(refunded(order, state)).build();
      case Refunds.Outcome.Refused(var reason, var explanation) ->
          response
              .setRefused(RefundRefused.newBuilder().setReason(reason).setExplanation(explanation))
              .build();
    };
  }

  private static Paid paid(CodeOrder order, Instant at) {
    return Paid.newBuilder()
        .setPaidAt(ProtoTime.of(at))
        .setAmount(ProtoMoney.of(order.knownRequest().amount()))
        .build();
  }

  private static Declined declined(DeclineCause cause, Instant at) {
    return Declined.newBuilder().setReason(reason(cause)).setDeclinedAt(ProtoTime.of(at)).build();
  }

  private static DeclineReason reason(DeclineCause cause) {
    return switch (cause) {
      case CODE_REFUSED -> DeclineReason.DECLINE_REASON_CODE_REFUSED;
      case INSUFFICIENT_FUNDS -> DeclineReason.DECLINE_REASON_INSUFFICIENT_FUNDS;
      case AMOUNT_LIMIT -> DeclineReason.DECLINE_REASON_AMOUNT_LIMIT;
      case RISK_REFUSED -> DeclineReason.DECLINE_REASON_RISK_REFUSED;
      case REVERSED -> DeclineReason.DECLINE_REASON_REVERSED;
      case CURRENCY -> DeclineReason.DECLINE_REASON_CURRENCY;
    };
  }

  private static AwaitingPayer awaiting(Instant since) {
    return AwaitingPayer.newBuilder().setSince(ProtoTime.of(since)).build();
  }

  private static Reversed reversed(Instant at) {
    return Reversed.newBuilder().setReversedAt(ProtoTime.of(at)).build();
  }

  private static Refunded refunded(CodeOrder order, OrderState.Refunded state) {
    Money paid = order.knownRequest().amount();
    return Refunded.newBuilder()
        .setPaid(ProtoMoney.of(paid))
        .setRefunded(ProtoMoney.of(Money.of(state.refundedMinor(), paid.currency())))
        .setRefundedAt(ProtoTime.of(state.refundedAt()))
        .build();
  }
}
