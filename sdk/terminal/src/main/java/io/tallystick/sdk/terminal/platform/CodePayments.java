package io.tallystick.sdk.terminal.platform;

import static java.util.Objects.requireNonNull;

import io.tallystick.api.verify.v1.PayByCodeRequest;
import io.tallystick.api.verify.v1.QueryPaymentRequest;
import io.tallystick.api.verify.v1.RefundPaymentRequest;
import io.tallystick.api.verify.v1.RefundPaymentResponse;
import io.tallystick.api.verify.v1.ReversePaymentRequest;
import io.tallystick.api.verify.v1.ReversePaymentResponse;
import io.tallystick.protocol.model.Money;
import io.tallystick.sdk.terminal.UnreachableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Payments with the code that a payer shows. */
public final class CodePayments {
  private static final Duration PAY_DEADLINE = Duration.ofSeconds(6);
  private static final Duration QUERY_DEADLINE = Duration.ofSeconds(3);
  private static final Duration RETURN_DEADLINE = Duration.ofSeconds(6);

  /** How long a cashier waits for certainty after a reply was lost. */
  private static final Duration CERTAINTY_LIMIT = Duration.ofSeconds(20);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final VerifyConnection platform;
  private final Clock clock;

  /**
   * @param platform to ask
   * @param clock for how long to ask
   */
  public CodePayments(VerifyConnection platform, Clock clock) {
    this.platform = requireNonNull(platform, "platform is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Pays. If the reply is lost, asks by the order id until it is certain what happened; an order
   * that never arrived is sent again under the same id, so the payer pays once.
   *
   * @param orderId the merchant's own, unique
   * @param code twenty digits
   * @throws UnreachableException when nothing is certain after 20 s: query later
   * @throws io.tallystick.sdk.terminal.RefusedException when the call breaks a rule
   */
  public OrderState pay(String orderId, String code, Money amount) {
    Instant deadline = clock.instant().plus(CERTAINTY_LIMIT);
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return send(orderId, code, amount);
      } catch (UnreachableException lost) {
        OrderState known = askUntilKnown(orderId, deadline, lost);
        if (!(known instanceof OrderState.UnknownOrder)) {
          return known;
        }
        pause = rest(pause, deadline, lost);
      }
    }
  }

  private OrderState send(String orderId, String code, Money amount) {
    return OrderStates.ofPayment(
        platform.call(
            PAY_DEADLINE,
            stub ->
                stub.payByCode(
                    PayByCodeRequest.newBuilder()
                        .setOrderId(orderId)
                        .setCode(code)
                        .setAmount(OrderStates.message(amount))
                        .build())));
  }

  private OrderState askUntilKnown(String orderId, Instant deadline, UnreachableException lost) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        OrderState state = query(orderId);
        if (!(state instanceof OrderState.Authorising)) {
          return state;
        }
      } catch (UnreachableException stillLost) {
        lost.addSuppressed(stillLost);
      }
      pause = rest(pause, deadline, lost);
    }
  }

  /** What became of an order. */
  public OrderState query(String orderId) {
    return OrderStates.ofQuery(
        platform.call(
            QUERY_DEADLINE,
            stub ->
                stub.queryPayment(QueryPaymentRequest.newBuilder().setOrderId(orderId).build())));
  }

  /** Takes a payment back whole; before it has arrived, stops it for good. */
  public ReversePaymentResponse reverse(String orderId) {
    return platform.call(
        RETURN_DEADLINE,
        stub ->
            stub.reversePayment(ReversePaymentRequest.newBuilder().setOrderId(orderId).build()));
  }

  /**
   * Gives money back.
   *
   * @param refundId the merchant's own, unique for the order: the same again gives nothing more
   */
  public RefundPaymentResponse refund(String orderId, String refundId, Money amount) {
    return platform.call(
        RETURN_DEADLINE,
        stub ->
            stub.refundPayment(
                RefundPaymentRequest.newBuilder()
                    .setOrderId(orderId)
                    .setRefundId(refundId)
                    .setAmount(OrderStates.message(amount))
                    .build()));
  }

  private Duration rest(Duration pause, Instant deadline, UnreachableException lost) {
    if (!clock.instant().plus(pause).isBefore(deadline)) {
      throw lost;
    }
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost;
    }
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }
}
