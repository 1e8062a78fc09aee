package io.tallystick.verify.stream;

import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.kit.event.Event;
import io.tallystick.kit.event.EventHandler;
import io.tallystick.kit.event.EventStream;
import io.tallystick.verify.code.OrderChange;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.postgres.PostgresChanges;
import io.tallystick.verify.peer.ClearingWords;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Keeps orders current: a payment that waited for its payer was paid or closed, an answer got
/// lost. Taps have no order and are passed over.
@Singleton
public class PaymentHandler implements EventHandler {
  @Override
  public EventStream stream() {
    return EventStream.PAYMENTS;
  }

  @Override
  public Set<String> types() {
    return Set.of(PaymentChanged.getDescriptor().getName());
  }

  @Override
  public void handle(Handle handle, Event event) {
    handleBatch(handle, List.of(event));
  }

  @Override
  public void handleBatch(Handle handle, List<Event> events) {
    List<OrderChange> changes =
        events.stream()
            .map(event -> change(event.as(PaymentChanged.parser())))
            .flatMap(Optional::stream)
            .toList();
    PostgresChanges.apply(handle, changes);
  }

  private static Optional<OrderChange> change(PaymentChanged event) {
    if (event.getOrderId().isEmpty()) {
      return Optional.empty();
    }
    OrderKey key = OrderKey.of(event.getMerchantId(), event.getOrderId());
    return ClearingWords.of(event)
        .map(word -> new OrderChange.Heard(key, event.getPaymentId(), word));
  }
}
