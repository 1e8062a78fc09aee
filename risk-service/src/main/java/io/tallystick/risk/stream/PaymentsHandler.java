package io.tallystick.risk.stream;

import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.protocol.model.Money;
import io.tallystick.risk.history.Standing;
import io.tallystick.risk.postgres.StandingTable;
import io.tallystick.risk.postgres.StoredJson;
import io.tallystick.risk.proto.Messages;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Learns what became of payments: only money that moved and stayed says how a payer pays.
@Singleton
public class PaymentsHandler implements EventHandler {
  private static final String CHANGED = PaymentChanged.getDescriptor().getName();

  @Override
  public EventStream stream() {
    return EventStream.PAYMENTS;
  }

  @Override
  public Set<String> types() {
    return Set.of(CHANGED);
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    StandingTable.put(
        handle,
        events.stream().map(event -> row(event.as(PaymentChanged.parser()), event)).toList());
  }

  private static StandingTable.Row row(PaymentChanged changed, Event event) {
    Money amount = ProtoMoney.from(changed.getAmount());
    Standing standing = standing(changed.getState());
    long refundedMinor = changed.hasRefunded() ? changed.getRefunded().getAmountMinor() : 0;
    long movedMinor =
        standing == Standing.MOVED ? Math.max(0, amount.amountMinor() - refundedMinor) : 0;
    Instant changedAt =
        changed.hasChangedAt()
            ? Messages.instant(changed.getChangedAt(), "changed_at")
            : event.occurredAt();
    // A payment that was never paid has no such time.
    Instant paidAt =
        changed.hasPaidAt() ? Messages.instant(changed.getPaidAt(), "paid_at") : changedAt;
    return new StandingTable.Row(
        changed.getPaymentId(),
        changed.getPayerId(),
        Integer.toUnsignedLong(changed.getRevision()),
        changed.getState(),
        StoredJson.wire(standing),
        movedMinor,
        amount.currency(),
        paidAt,
        changedAt);
  }

  private static Standing standing(String state) {
    return switch (state) {
      case "paid", "refunded", "cleared", "settled" -> Standing.MOVED;
      case "declined", "closed", "reversed", "refused", "returned" -> Standing.FAILED;
      case "authorising", "awaiting-payer", "received", "scored", "frozen", "challenged" ->
          Standing.OPEN;
      default -> throw new IllegalArgumentException("state is unknown: " + state);
    };
  }
}
