package io.tallystick.clearing.challenge.stream;

import io.tallystick.api.events.v1.ChallengeEnded;
import io.tallystick.clearing.challenge.ChallengeEnd;
import io.tallystick.clearing.challenge.ChallengeRules;
import io.tallystick.clearing.challenge.postgres.PostgresChallengeEnds;
import io.tallystick.clearing.ledger.Hold;
import io.tallystick.clearing.ledger.postgres.PostgresLedger;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.clearing.payment.Work;
import io.tallystick.clearing.payment.postgres.PostgresPayments;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Ends the wait of payments whose challenge has ended.
@Singleton
public class ChallengeHandler implements EventHandler {
  private final PostgresPayments payments;
  private final PostgresLedger ledger;
  private final PostgresChallengeEnds ends;

  ChallengeHandler(PostgresPayments payments, PostgresLedger ledger, PostgresChallengeEnds ends) {
    this.payments = payments;
    this.ledger = ledger;
    this.ends = ends;
  }

  @Override
  public EventStream stream() {
    return EventStream.CHALLENGES;
  }

  @Override
  public Set<String> types() {
    return Set.of(ChallengeEnded.getDescriptor().getName());
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    List<ChallengeEnd> ended =
        events.stream().map(e -> end(e.as(ChallengeEnded.parser()))).toList();
    Set<String> payers = new TreeSet<>(ended.stream().map(ChallengeEnd::payerId).toList());
    Set<String> ids = new TreeSet<>(ended.stream().map(ChallengeEnd::paymentId).toList());
    Work work = payments.begin(handle, payers);
    ends.keepFirst(handle, ended);
    payments.load(handle, work, payers, ids);
    List<Payment> waiting =
        ids.stream()
            .map(work::find)
            .filter(Objects::nonNull)
            .filter(Payment::awaitsChallenge)
            .toList();
    if (!waiting.isEmpty()) {
      end(handle, work, payers, waiting);
      payments.write(handle, work);
    }
  }

  private void end(Handle handle, Work work, Set<String> payers, List<Payment> waiting) {
    List<String> ids = waiting.stream().map(Payment::paymentId).toList();
    Map<String, ChallengeEnd> first = ends.find(handle, payers, ids);
    Map<String, List<Hold>> holds = ledger.pendingHolds(handle, payers, ids);
    for (Payment payment : waiting) {
      ChallengeEnd end = first.get(payment.paymentId());
      if (end != null) {
        List<Hold> held = holds.getOrDefault(payment.paymentId(), List.of());
        ChallengeRules.end(work, payment, held, end);
      }
    }
  }

  private static ChallengeEnd end(ChallengeEnded message) {
    return new ChallengeEnd(
        message.getPayerId(),
        message.getPaymentId(),
        message.getChallengeId(),
        switch (message.getOutcome()) {
          case CHALLENGE_OUTCOME_PASSED -> ChallengeEnd.Outcome.PASSED;
          case CHALLENGE_OUTCOME_FAILED -> ChallengeEnd.Outcome.FAILED;
          case CHALLENGE_OUTCOME_EXPIRED -> ChallengeEnd.Outcome.EXPIRED;
          case CHALLENGE_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("challenge outcome is not set");
        },
        message.getMethod(),
        ProtoValues.instant(message.getEndedAt()));
  }
}
