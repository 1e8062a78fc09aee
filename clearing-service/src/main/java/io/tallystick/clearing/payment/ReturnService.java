package io.tallystick.clearing.payment;

import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.ledger.postgres.PostgresLedger;
import io.tallystick.clearing.payment.ReturnRules.Denial;
import io.tallystick.clearing.payment.ReturnRules.Refunding;
import io.tallystick.clearing.payment.ReturnRules.Reversal;
import io.tallystick.clearing.payment.postgres.PostgresGuards;
import io.tallystick.clearing.payment.postgres.PostgresGuards.ReversalMark;
import io.tallystick.clearing.payment.postgres.PostgresPayments;
import io.tallystick.clearing.payment.postgres.PostgresRefunds;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.protocol.state.PaymentState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Takes payments back and gives refunds; tells what became of a payment.
@Singleton
public class ReturnService {
  private final Database database;
  private final PostgresPayments payments;
  private final PostgresGuards guards;
  private final PostgresRefunds refunds;
  private final PostgresLedger ledger;

  ReturnService(
      Database database,
      PostgresPayments payments,
      PostgresGuards guards,
      PostgresRefunds refunds,
      PostgresLedger ledger) {
    this.database = database;
    this.payments = payments;
    this.guards = guards;
    this.refunds = refunds;
    this.ledger = ledger;
  }

  /// What is known of a payment.
  public sealed interface Known {
    record Made(Payment payment) implements Known {}

    /// Stopped before it began.
    record Stopped(String paymentId, Instant since) implements Known {}

    record Unknown() implements Known {}
  }

  /// What became of a reversal: [Reversal], or a payment stopped before it began.
  public sealed interface Reversed {
    record Answered(Reversal reversal) implements Reversed {}

    record Stopped(String paymentId, Instant since) implements Reversed {}
  }

  public Known query(String payerId, String paymentId) {
    return database.read(handle -> {
      Optional<Payment> payment = payments.find(handle, payerId, paymentId);
      if (payment.isPresent()) {
        return new Known.Made(payment.get());
      }
      return guards
          .reversalMark(handle, payerId, paymentId)
          .<Known>map(mark -> new Known.Stopped(paymentId, mark.markedAt()))
          .orElseGet(Known.Unknown::new);
    });
  }

  /// Takes a payment back whole; one not seen yet is stopped before it begins.
  ///
  /// @throws io.tallystick.kit.error.ApiException `ALREADY_EXISTS` if the payment is another
  ///   payer's or merchant's
  public Reversed reverse(String payerId, String paymentId, String merchantId) {
    return database.inTransaction(handle -> {
      Work work = payments.begin(handle, List.of(payerId));
      if (guards.claimPayment(handle, payerId, paymentId)) {
        guards.markReversed(handle, payerId, paymentId, merchantId, work.now());
        return new Reversed.Stopped(paymentId, work.now());
      }
      payments.load(handle, work, List.of(payerId), List.of(paymentId));
      Payment payment = work.find(paymentId);
      return payment == null
          ? stoppedBefore(handle, payerId, paymentId, merchantId)
          : new Reversed.Answered(reverse(handle, work, payment, merchantId));
    });
  }

  private Reversed stoppedBefore(
      Handle handle, String payerId, String paymentId, String merchantId) {
    ReversalMark mark =
        guards
            .reversalMark(handle, payerId, paymentId)
            .orElseThrow(() -> ApiErrors.keyReused(paymentId, "payer_id"));
    requireMerchant(paymentId, mark.merchantId(), merchantId);
    return new Reversed.Stopped(paymentId, mark.markedAt());
  }

  private Reversal reverse(Handle handle, Work work, Payment payment, String merchantId) {
    requireMerchant(payment.paymentId(), payment.terms().merchantId(), merchantId);
    Credit credit = lockedCredit(handle, work, payment);
    Reversal reversal = ReturnRules.reverse(work, payment, holds(handle, payment), credit);
    payments.write(handle, work);
    return reversal;
  }

  /// Gives back some or all of a paid payment.
  ///
  /// @throws io.tallystick.kit.error.ApiException `ALREADY_EXISTS` if the refund id was used with
  ///   another amount
  public Refunding refund(Refund refund) {
    return database.inTransaction(handle -> {
      Work work = payments.begin(handle, List.of(refund.payerId()));
      payments.load(handle, work, List.of(refund.payerId()), List.of(refund.paymentId()));
      Payment payment = work.find(refund.paymentId());
      if (payment == null || !payment.terms().merchantId().equals(refund.merchantId())) {
        return new Refunding.Denied(Denial.UNKNOWN_PAYMENT);
      }
      Optional<Refund> before = refunds.find(handle, refund);
      if (before.isPresent()) {
        requireSame(refund, before.get());
        return new Refunding.Done(payment);
      }
      Credit credit = lockedCredit(handle, work, payment);
      Refunding refunding = ReturnRules.refund(work, payment, refund, credit);
      payments.write(handle, work);
      return refunding;
    });
  }

  /// Locks what the payment owes its merchant, and the merchant's account if the money is there.
  private @Nullable Credit lockedCredit(Handle handle, Work work, Payment payment) {
    if (payment.isTap() || !moved(payment.codeState())) {
      return null;
    }
    Credit credit = payments.lockCredit(handle, payment.payerId(), payment.paymentId());
    if (credit.isSwept()) {
      ledger.lock(handle, work.book(), List.of(ReturnRules.payable(credit)));
    }
    return credit;
  }

  private static boolean moved(PaymentState state) {
    return state instanceof PaymentState.Paid || state instanceof PaymentState.Refunded;
  }

  private List<Hold> holds(Handle handle, Payment payment) {
    if (!payment.awaitsChallenge()) {
      return List.of();
    }
    Map<String, List<Hold>> holds =
        ledger.pendingHolds(handle, List.of(payment.payerId()), List.of(payment.paymentId()));
    return holds.getOrDefault(payment.paymentId(), List.of());
  }

  private static void requireMerchant(String paymentId, String first, String now) {
    if (!first.equals(now)) {
      throw ApiErrors.keyReused(paymentId, "merchant_id");
    }
  }

  private static void requireSame(Refund now, Refund before) {
    if (!now.amount().equals(before.amount())) {
      boolean currency = !now.amount().currency().equals(before.amount().currency());
      throw ApiErrors.keyReused(now.refundId(), currency ? "currency" : "amount_minor");
    }
  }
}
