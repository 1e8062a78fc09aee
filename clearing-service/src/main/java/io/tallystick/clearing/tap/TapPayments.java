package io.tallystick.clearing.tap;

import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.Work;
import io.tallystick.clearing.payment.postgres.PostgresGuards;
import io.tallystick.clearing.payment.postgres.PostgresPayments;
import io.tallystick.kit.database.Pipeline;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Begins work on taps: locks, claims and loads.
@Singleton
class TapPayments {
  private final PostgresPayments payments;
  private final PostgresGuards guards;

  TapPayments(PostgresPayments payments, PostgresGuards guards) {
    this.payments = payments;
    this.guards = guards;
  }

  /// Work on some taps.
  record Begun(Work work, Set<String> payerIds) {}

  /// Locks the payers, claims payment id and instrument of every tap not seen before, and loads
  /// those that were.
  Begun begin(Handle handle, Collection<PaymentTerms> taps) {
    Map<String, PaymentTerms> firsts = new LinkedHashMap<>();
    Set<String> payers = new HashSet<>();
    for (PaymentTerms tap : taps) {
      firsts.putIfAbsent(tap.paymentId(), tap);
      payers.add(tap.payerId());
    }
    Set<String> fresh = new HashSet<>();
    Pipeline pipeline = Pipeline.on(handle);
    Work work = payments.begin(pipeline, payers);
    guards.claimPayments(pipeline, firsts.values(), fresh::addAll);
    pipeline.send();
    claimInstruments(
        handle, firsts.values().stream().filter(tap -> fresh.contains(tap.paymentId())).toList());
    if (fresh.size() < firsts.size()) {
      payments.load(handle, work, payers, firsts.keySet());
    }
    requireAll(work, firsts.values(), fresh);
    return new Begun(work, payers);
  }

  private void claimInstruments(Handle handle, List<PaymentTerms> created) {
    if (created.isEmpty()) {
      return;
    }
    Set<String> claimed = new HashSet<>();
    Pipeline pipeline = Pipeline.on(handle);
    guards.claimInstruments(pipeline, created, claimed::addAll);
    pipeline.send();
    if (claimed.size() < created.size()) {
      throw new IllegalArgumentException("a serial's instrument belongs to another payment");
    }
  }

  void write(Handle handle, Work work) {
    payments.write(handle, work);
  }

  /// A tap that was claimed for another payer isn't loaded: its serial names a device, and a device
  /// has one payer.
  private static void requireAll(Work work, Collection<PaymentTerms> taps, Set<String> fresh) {
    for (PaymentTerms tap : taps) {
      if (!fresh.contains(tap.paymentId()) && work.find(tap.paymentId()) == null) {
        throw new IllegalArgumentException("tap is another payer's: " + tap.paymentId());
      }
    }
  }
}
