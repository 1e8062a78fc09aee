package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import io.tallystick.clearing.payment.CodeRules.Claim;
import io.tallystick.clearing.payment.PayResult.Answered;
import io.tallystick.clearing.payment.PayResult.Reused;
import io.tallystick.clearing.payment.postgres.PostgresGuards;
import io.tallystick.clearing.payment.postgres.PostgresGuards.ReversalMark;
import io.tallystick.clearing.payment.postgres.PostgresPayments;
import io.tallystick.kit.coalesce.Coalescer;
import io.tallystick.kit.coalesce.Coalescers;
import io.tallystick.kit.coalesce.Limits;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.database.Pipeline;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Makes code payments. Those in flight together are made in one transaction.
@Singleton
public class PayService {
  private final Database database;
  private final PostgresPayments payments;
  private final PostgresGuards guards;
  private final List<Coalescer<PayCommand, PayResult>> lanes;

  PayService(
      Database database,
      PostgresPayments payments,
      PostgresGuards guards,
      Coalescers coalescers,
      PayConfig config) {
    this.database = database;
    this.payments = payments;
    this.guards = guards;
    Limits limits = new Limits(config.queue(), config.batch(), 1, config.answerWithin());
    List<Coalescer<PayCommand, PayResult>> made = new ArrayList<>();
    for (int lane = 0; lane < config.lanes(); lane++) {
      made.add(
          coalescers.create(
              "pay-" + lane, limits, pay -> pay.terms().paymentId(), this::payTogether));
    }
    this.lanes = List.copyOf(made);
  }

  /// Makes one payment, together with others that are in flight. A payer's payments all go through
  /// the same lane, so that two lanes never wait for one account.
  public PayResult pay(PayCommand command) {
    int lane = Math.floorMod(command.terms().payerId().hashCode(), lanes.size());
    return lanes.get(lane).call(command);
  }

  /// Makes the payments of `commands` in one transaction: one result for each, in their order.
  List<PayResult> payTogether(List<PayCommand> commands) {
    return database.inTransaction(handle -> new Batch(handle, commands).run());
  }

  /// One transaction's payments.
  private final class Batch {
    private final Handle handle;
    private final List<PayCommand> commands;
    private final Work work;
    private final Map<String, PayCommand> firsts = new LinkedHashMap<>();
    private final Map<String, Reused> refusals = new HashMap<>();
    private final Set<String> fresh = new HashSet<>();

    Batch(Handle handle, List<PayCommand> commands) {
      this.handle = handle;
      this.commands = commands;
      commands.forEach(command -> firsts.putIfAbsent(command.terms().paymentId(), command));
      Set<String> payers = new HashSet<>();
      commands.forEach(command -> payers.add(command.terms().payerId()));
      Pipeline pipeline = Pipeline.on(handle);
      this.work = payments.begin(pipeline, payers);
      guards.claimPayments(pipeline, terms(firsts.keySet()), fresh::addAll);
      pipeline.send();
    }

    List<PayResult> run() {
      Set<String> known = new HashSet<>(firsts.keySet());
      known.removeAll(fresh);
      Map<String, ReversalMark> marks = known.isEmpty() ? Map.of() : loadKnown(known);
      List<PayCommand> begun =
          firsts.values().stream().filter(c -> mayBegin(c.terms().paymentId(), marks)).toList();
      if (!begun.isEmpty()) {
        begin(begun, marks.keySet());
        payments.write(handle, work);
      }
      return commands.stream().map(this::result).toList();
    }

    /// Claims order and instrument of each, and pays those that have both.
    private void begin(List<PayCommand> begun, Set<String> reversed) {
      List<PaymentTerms> terms = begun.stream().map(PayCommand::terms).toList();
      List<PaymentTerms> ordered = terms.stream().filter(t -> t.orderId() != null).toList();
      Set<String> haveOrder = new HashSet<>();
      Set<String> haveInstrument = new HashSet<>();
      Pipeline pipeline = Pipeline.on(handle);
      if (!ordered.isEmpty()) {
        guards.claimOrders(pipeline, ordered, haveOrder::addAll);
      }
      guards.claimInstruments(pipeline, terms, haveInstrument::addAll);
      pipeline.send();
      refuseWithoutOrder(ordered.stream().filter(t -> !haveOrder.contains(t.paymentId())).toList());
      for (PayCommand command : begun) {
        String paymentId = command.terms().paymentId();
        if (!refusals.containsKey(paymentId)) {
          boolean taken = !haveInstrument.contains(paymentId);
          CodeRules.pay(work, command, new Claim(reversed.contains(paymentId), taken));
        }
      }
    }

    /// Loads payments made before. One whose reversal came first has a mark instead.
    private Map<String, ReversalMark> loadKnown(Set<String> known) {
      Map<String, String> payers = guards.payersOf(handle, known);
      payments.load(handle, work, payers.values(), known);
      Set<String> missing = new HashSet<>(known);
      missing.removeIf(id -> work.find(id) != null);
      if (missing.isEmpty()) {
        return Map.of();
      }
      Map<String, ReversalMark> marks = guards.reversalMarks(handle, payers.values(), missing);
      missing.forEach(id -> {
        ReversalMark mark = marks.get(id);
        String payerId = payers.get(id);
        if (mark == null || payerId == null) {
          throw new AssertionError("payment id is claimed without a payment: " + id);
        }
        differenceFromMark(terms(id), payerId, mark);
      });
      return marks;
    }

    private void differenceFromMark(PaymentTerms terms, String payerId, ReversalMark mark) {
      List<String> fields = new ArrayList<>();
      if (!terms.payerId().equals(payerId)) {
        fields.add("payer_id");
      }
      if (!terms.merchantId().equals(mark.merchantId())) {
        fields.add("merchant_id");
      }
      if (!fields.isEmpty()) {
        refusals.put(terms.paymentId(), new Reused(terms.paymentId(), String.join(", ", fields)));
      }
    }

    private boolean mayBegin(String paymentId, Map<String, ReversalMark> marks) {
      return !refusals.containsKey(paymentId)
          && (fresh.contains(paymentId) || marks.containsKey(paymentId));
    }

    /// Those whose order another payment has leave no trace.
    private void refuseWithoutOrder(List<PaymentTerms> withoutOrder) {
      Map<String, String> holders = guards.otherHolders(handle, withoutOrder);
      if (holders.isEmpty()) {
        return;
      }
      holders.forEach((id, _) -> refusals.put(id, orderReused(terms(id))));
      Set<String> unclaimed = new HashSet<>(holders.keySet());
      unclaimed.retainAll(fresh);
      guards.unclaimPayments(handle, unclaimed);
    }

    private PayResult result(PayCommand command) {
      String paymentId = command.terms().paymentId();
      Reused refusal = refusals.get(paymentId);
      if (refusal != null) {
        return refusal;
      }
      Payment payment = work.get(paymentId);
      String difference = command.terms().difference(payment.terms());
      return difference.isEmpty() ? new Answered(payment) : new Reused(paymentId, difference);
    }

    private List<PaymentTerms> terms(Set<String> paymentIds) {
      return paymentIds.stream().map(this::terms).toList();
    }

    private PaymentTerms terms(String paymentId) {
      return requireNonNull(firsts.get(paymentId), "not of this batch").terms();
    }

    private static Reused orderReused(PaymentTerms terms) {
      return new Reused(terms.merchantId() + "/" + terms.orderId(), "payment_id");
    }
  }
}
