package io.tallystick.notify.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.api.events.v1.HalvesChanged;
import io.tallystick.api.events.v1.MerchantSettled;
import io.tallystick.notify.json.MoneyView;
import io.tallystick.notify.reason.Reason;
import io.tallystick.notify.webhook.WebhookEvent;
import io.tallystick.notify.webhook.WebhookOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What merchants are told, as webhook events.
@ApplicationScoped
public class MerchantNews {
  private static final Set<String> STATES =
      Set.of(
          "paid",
          "declined",
          "awaiting-payer",
          "closed",
          "reversed",
          "refunded",
          "cleared",
          "frozen",
          "refused",
          "returned",
          "settled");

  private final WebhookOutbox outbox;

  MerchantNews(WebhookOutbox outbox) {
    this.outbox = outbox;
  }

  /// `data` of `payment.<state>`.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PaymentData(
      String paymentId,
      String merchantId,
      String terminalId,
      @Nullable String orderId,
      MoneyView amount,
      @Nullable MoneyView refunded,
      String state,
      String previousState,
      int revision,
      List<Reason> reasons,
      Instant paidAt,
      Instant changedAt) {}

  /// `data` of `payment.disputed`.
  @RegisterForReflection
  record DisputeData(
      String paymentId,
      String merchantId,
      String serial,
      List<Reason> reasons,
      Instant changedAt) {}

  /// `data` of `merchant.settled`.
  @RegisterForReflection
  record SettlementData(
      String batchId,
      String merchantId,
      String day,
      MoneyView gross,
      MoneyView returned,
      MoneyView net,
      int paymentCount,
      Instant settledAt) {}

  /// Nothing for the states before a payment means anything to its merchant.
  void changed(Handle handle, ChangedPayment payment, Instant now) {
    if (!STATES.contains(payment.state())) {
      return;
    }
    PaymentData data =
        new PaymentData(
            payment.paymentId(),
            payment.merchantId(),
            payment.terminalId(),
            payment.orderId().orElse(null),
            MoneyView.from(payment.amount()),
            MoneyView.fromNullable(payment.refunded()),
            payment.state(),
            payment.previousState(),
            payment.revision(),
            payment.reasons(),
            payment.paidAt(),
            payment.changedAt());
    outbox.add(
        handle,
        new WebhookEvent(
            payment.merchantId(),
            "payment:" + payment.paymentId() + ":" + payment.revision(),
            "payment." + payment.state().replace('-', '_'),
            payment.paymentId(),
            payment.changedAt(),
            data),
        now);
  }

  void disputed(Handle handle, HalvesChanged halves, List<Reason> reasons, Instant now) {
    Instant changedAt = ChangedPayment.instant(halves.getChangedAt());
    outbox.add(
        handle,
        new WebhookEvent(
            halves.getMerchantId(),
            "dispute:" + halves.getPaymentId(),
            "payment.disputed",
            halves.getPaymentId(),
            changedAt,
            new DisputeData(
                halves.getPaymentId(),
                halves.getMerchantId(),
                halves.getSerial(),
                reasons,
                changedAt)),
        now);
  }

  void settled(Handle handle, MerchantSettled settled, Instant now) {
    Instant settledAt = ChangedPayment.instant(settled.getSettledAt());
    outbox.add(
        handle,
        new WebhookEvent(
            settled.getMerchantId(),
            "settled:" + settled.getBatchId(),
            "merchant.settled",
            null,
            settledAt,
            new SettlementData(
                settled.getBatchId(),
                settled.getMerchantId(),
                settled.getDay(),
                money(settled.getGross()),
                money(settled.getReturned()),
                money(settled.getNet()),
                settled.getPaymentCount(),
                settledAt)),
        now);
  }

  /// A net amount may be negative, which [io.tallystick.protocol.model.Money] is not.
  private static MoneyView money(io.tallystick.api.common.v1.Money money) {
    return new MoneyView(money.getAmountMinor(), money.getCurrency());
  }
}
