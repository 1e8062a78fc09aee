package io.tallystick.notify.payment;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Timestamp;
import io.tallystick.api.events.v1.PaymentChanged;
import io.tallystick.notify.reason.Reason;
import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `PaymentChanged` in the service's own terms.
///
/// @param orderId empty for a tap
/// @param revision counts the payment's changes from 1
/// @param awaitsPayer whether a challenge ends this state
record ChangedPayment(
    String paymentId,
    String payerId,
    String merchantId,
    String terminalId,
    Optional<String> orderId,
    Money amount,
    @Nullable Money refunded,
    String state,
    String previousState,
    int revision,
    List<Reason> reasons,
    Instant paidAt,
    Instant changedAt,
    boolean awaitsPayer) {
  ChangedPayment {
    require("paymentId", paymentId);
    require("payerId", payerId);
    require("merchantId", merchantId);
    require("state", state);
    requireNonNull(amount, "amount is null");
    reasons = List.copyOf(reasons);
    if (revision < 1) {
      throw new IllegalArgumentException("revision is less than 1: " + revision);
    }
  }

  static ChangedPayment from(PaymentChanged event) {
    return new ChangedPayment(
        event.getPaymentId(),
        event.getPayerId(),
        event.getMerchantId(),
        event.getTerminalId(),
        Optional.of(event.getOrderId()).filter(id -> !id.isEmpty()),
        money(event.getAmount()),
        event.hasRefunded() ? money(event.getRefunded()) : null,
        event.getState(),
        event.getPreviousState(),
        event.getRevision(),
        Reason.from(event.getReasonsList()),
        instant(event.getPaidAt()),
        instant(event.getChangedAt()),
        event.getAwaitsChallenge());
  }

  static Money money(io.tallystick.api.common.v1.Money money) {
    return Money.of(money.getAmountMinor(), money.getCurrency());
  }

  static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  private static void require(String field, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(field + " is empty");
    }
  }
}
