package io.tallystick.clearing.review.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.review.Review;
import io.tallystick.clearing.review.ReviewedPayment;
import java.time.Instant;
import java.util.List;

/// A payment with what officers decided about it.
///
/// @param kind `offline-code`, `online-code` or `tap`
/// @param state of the payment; `frozen` or `awaiting-payer` while it waits
/// @param since when it came to that state
/// @param reasons why it came to that state
/// @param officersNeeded how many must decide alike
@RegisterForReflection
public record ReviewView(
    String paymentId,
    String payerId,
    String merchantId,
    String terminalId,
    String kind,
    long amountMinor,
    String currency,
    String state,
    Instant since,
    List<Reason> reasons,
    int officersNeeded,
    List<DecisionView> decisions) {

  /// One officer's decision.
  ///
  /// @param decision `release` or `return`
  @RegisterForReflection
  public record DecisionView(
      String officer, String decision, String explanation, Instant decidedAt) {
    static DecisionView of(Review review) {
      return new DecisionView(
          review.officer(), review.decision().text(), review.explanation(), review.decidedAt());
    }
  }

  static ReviewView of(ReviewedPayment reviewed) {
    Payment payment = reviewed.payment();
    var terms = payment.terms();
    return new ReviewView(
        payment.paymentId(),
        payment.payerId(),
        terms.merchantId(),
        terms.terminalId(),
        terms.instrument().kind().text(),
        terms.amount().amountMinor(),
        terms.amount().currency(),
        payment.state(),
        payment.changedAt(),
        reviewed.reasons(),
        reviewed.officersNeeded(),
        reviewed.reviews().stream().map(DecisionView::of).toList());
  }
}
