package io.tallystick.clearing.bill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.clearing.payment.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A payment as its payer sees it.
///
/// @param kind `offline-code`, `online-code` or `tap`
/// @param occurredAt tap time, or server time of a code
/// @param clearedAt when the money moved; absent until it does
/// @param settledAt when the merchant's settlement had it; absent until it has
/// @param halves state of a tap's halves; absent for a code and until a half is here
/// @param traceId of the request that brought the payment about: W3C trace id, 32 digits
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Bill")
public record Bill(
    String paymentId,
    @Schema(examples = {"offline-code", "online-code", "tap"}) String kind,
    String merchantId,
    String terminalId,
    @Nullable String orderId,
    String deviceId,
    Amount amount,
    Amount refunded,
    @Schema(examples = {"paid", "cleared", "settled"}) String state,
    @Nullable String declineReason,
    Instant occurredAt,
    @Nullable Instant clearedAt,
    @Nullable Instant settledAt,
    @Schema(examples = {"wallet-only", "terminal-only", "matched", "disputed"})
        @Nullable String halves,
    @Schema(examples = "4bf92f3577b34da6a3ce929d0e0e4736") @Nullable String traceId) {

  /// Minor units with their currency.
  @RegisterForReflection
  @Schema(name = "Amount")
  public record Amount(long amountMinor, @Schema(examples = "CNY") String currency) {}

  /// One state the payment was in.
  @RegisterForReflection
  @Schema(name = "BillChange")
  public record Change(
      int revision, String state, String previousState, List<Reason> reasons, Instant changedAt) {}

  /// Some of it, given back.
  @RegisterForReflection
  @Schema(name = "BillRefund")
  public record Refund(String refundId, Amount amount, Instant refundedAt) {}

  /// A second token with the serial of the tap. It moved no money.
  @RegisterForReflection
  @Schema(name = "BillEvidence")
  public record Evidence(
      String evidenceId, String merchantId, String terminalId, Amount amount, Instant detectedAt) {}

  /// Everything about one payment.
  ///
  /// @param settlementDay the day whose settlement has it; absent until then
  /// @param halvesReasons why the halves are disputed
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "BillDetail")
  public record Detail(
      Bill bill,
      @Nullable LocalDate settlementDay,
      List<Change> history,
      List<Refund> refunds,
      List<Reason> halvesReasons,
      List<Evidence> evidence) {}
}
