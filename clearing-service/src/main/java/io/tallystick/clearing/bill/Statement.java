package io.tallystick.clearing.bill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.clearing.bill.Bill.Amount;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a merchant was paid out for one day in one currency.
///
/// @param gross sum of the payments
/// @param returned refunds deducted
/// @param net paid out: gross less returned
/// @param carriedOver refunds beyond the gross, deducted from the next statement
@RegisterForReflection
@Schema(name = "Statement")
public record Statement(
    String batchId,
    LocalDate day,
    Amount gross,
    Amount returned,
    Amount net,
    Amount carriedOver,
    int paymentCount,
    Instant settledAt) {

  /// One payment or refund of a statement.
  ///
  /// @param kind `payment` or `refund`
  /// @param at when the money moved
  /// @param occurredAt tap time, or server time of a code
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "StatementLine")
  public record Line(
      @Schema(examples = {"payment", "refund"}) String kind,
      String paymentId,
      @Nullable String refundId,
      @Nullable String orderId,
      String terminalId,
      Amount amount,
      Instant at,
      Instant occurredAt) {}

  /// A payment as its merchant sees it: without the payer and the device.
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "MerchantPayment")
  public record Payment(
      String paymentId,
      String kind,
      String terminalId,
      @Nullable String orderId,
      Amount amount,
      Amount refunded,
      String state,
      Instant occurredAt,
      @Nullable Instant clearedAt,
      @Nullable Instant settledAt,
      @Nullable String halves) {
    /// What of a bill concerns the merchant.
    public static Payment of(Bill bill) {
      return new Payment(
          bill.paymentId(),
          bill.kind(),
          bill.terminalId(),
          bill.orderId(),
          bill.amount(),
          bill.refunded(),
          bill.state(),
          bill.occurredAt(),
          bill.clearedAt(),
          bill.settledAt(),
          bill.halves());
    }
  }
}
