package io.tallystick.clearing.review;

import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.ledger.postgres.PostgresLedger;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Reason;
import io.tallystick.clearing.payment.Work;
import io.tallystick.clearing.payment.postgres.PostgresGuards;
import io.tallystick.clearing.payment.postgres.PostgresPayments;
import io.tallystick.clearing.review.postgres.PostgresReviews;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.error.ApiException;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import io.tallystick.protocol.model.Money;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reviews of payments that wait for their payer.
@Singleton
public class ReviewService {
  private final Database database;
  private final PostgresPayments payments;
  private final PostgresGuards guards;
  private final PostgresLedger ledger;
  private final PostgresReviews reviews;
  private final ReviewConfig config;

  ReviewService(
      Database database,
      PostgresPayments payments,
      PostgresGuards guards,
      PostgresLedger ledger,
      PostgresReviews reviews,
      ReviewConfig config) {
    this.database = database;
    this.payments = payments;
    this.guards = guards;
    this.ledger = ledger;
    this.reviews = reviews;
    this.config = config;
  }

  /// A page of the payments that wait, the longest wait first.
  public Page<ReviewedPayment> waiting(PageRequest request) {
    return database.read(handle -> {
      Page<Payment> page = reviews.waiting(handle, request);
      return new Page<>(reviewed(handle, page.items()), page.nextCursor());
    });
  }

  /// One payment, waiting or not.
  ///
  /// @throws ApiException `NOT_FOUND` if there is none
  public ReviewedPayment find(String paymentId) {
    return database.read(handle -> {
      Payment payment = payments.find(handle, payerOf(handle, paymentId), paymentId).orElse(null);
      return reviewed(handle, known(payment, paymentId));
    });
  }

  /// Keeps an officer's decision, and carries it out if enough officers share it. The same decision
  /// of the same officer again changes nothing and is answered with what became of the payment.
  ///
  /// @throws ApiException `NOT_FOUND` if there is no such payment; `FAILED_PRECONDITION` if it
  ///   doesn't wait, or the officer has decided otherwise before
  public ReviewedPayment decide(
      String paymentId, String officer, Decision decision, String explanation) {
    return database.inTransaction(handle -> {
      String payer = payerOf(handle, paymentId);
      Work work = payments.begin(handle, List.of(payer));
      payments.load(handle, work, List.of(payer), List.of(paymentId));
      Payment payment = known(work.find(paymentId), paymentId);
      for (Review review : reviewsOf(handle, payment)) {
        if (review.officer().equals(officer)) {
          requireSame(review, decision);
          return reviewed(handle, payment);
        }
      }
      if (!payment.awaitsChallenge()) {
        throw notWaiting(payment);
      }
      reviews.add(handle, payment, new Review(officer, decision, explanation, work.now()));
      return reviewed(handle, carriedOut(handle, work, payment));
    });
  }

  private Payment carriedOut(Handle handle, Work work, Payment waiting) {
    int needed = officersNeeded(waiting);
    return ReviewRules.outcome(reviewsOf(handle, waiting), needed)
        .map(decision -> {
          List<Hold> holds =
              ledger
                  .pendingHolds(handle, List.of(waiting.payerId()), List.of(waiting.paymentId()))
                  .getOrDefault(waiting.paymentId(), List.of());
          Payment moved = ReviewRules.carryOut(work, waiting, holds, decision, needed);
          payments.write(handle, work);
          return moved;
        })
        .orElse(waiting);
  }

  private ReviewedPayment reviewed(Handle handle, Payment payment) {
    return reviewed(handle, List.of(payment)).getFirst();
  }

  private List<ReviewedPayment> reviewed(Handle handle, List<Payment> some) {
    Map<String, List<Reason>> reasons = reviews.reasons(handle, some);
    Map<String, List<Review>> made = reviews.of(handle, some);
    return some.stream()
        .map(payment ->
            new ReviewedPayment(
                payment,
                reasons.getOrDefault(payment.paymentId(), List.of()),
                officersNeeded(payment),
                made.getOrDefault(payment.paymentId(), List.of())))
        .toList();
  }

  private List<Review> reviewsOf(Handle handle, Payment payment) {
    return reviews.of(handle, List.of(payment)).getOrDefault(payment.paymentId(), List.of());
  }

  private int officersNeeded(Payment payment) {
    Money amount = payment.terms().amount();
    long limit =
        config.fourEyesAboveMinorIn().getOrDefault(amount.currency(), config.fourEyesAboveMinor());
    return ReviewRules.officersNeeded(amount.amountMinor(), limit);
  }

  private String payerOf(Handle handle, String paymentId) {
    String payer = guards.payersOf(handle, List.of(paymentId)).get(paymentId);
    if (payer == null) {
      throw unknown(paymentId);
    }
    return payer;
  }

  /// A payment that was stopped before it began has a payer and nothing else.
  private static Payment known(@Nullable Payment payment, String paymentId) {
    if (payment == null) {
      throw unknown(paymentId);
    }
    return payment;
  }

  private static void requireSame(Review before, Decision now) {
    if (before.decision() != now) {
      throw ApiErrors.failedPrecondition(
          "DECIDED_OTHERWISE",
          "you decided to %s it before; a decision is not changed"
              .formatted(before.decision().text()));
    }
  }

  private static ApiException unknown(String paymentId) {
    return ApiErrors.notFound("PAYMENT_UNKNOWN", "there is no such payment: " + paymentId);
  }

  private static ApiException notWaiting(Payment payment) {
    return ApiErrors.failedPrecondition(
        "PAYMENT_NOT_WAITING", "the payment does not wait for its payer: it is " + payment.state());
  }
}
