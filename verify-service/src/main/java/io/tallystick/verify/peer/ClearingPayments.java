package io.tallystick.verify.peer;

import io.tallystick.api.clearing.v1.ClearingServiceGrpc;
import io.tallystick.api.clearing.v1.ClearingServiceGrpc.ClearingServiceBlockingStub;
import io.tallystick.api.clearing.v1.PayMode;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.QueryPaymentRequest;
import io.tallystick.api.clearing.v1.QueryPaymentResponse;
import io.tallystick.api.clearing.v1.RefundRequest;
import io.tallystick.api.clearing.v1.RefundResponse;
import io.tallystick.api.clearing.v1.ReverseRequest;
import io.tallystick.api.clearing.v1.ReverseResponse;
import io.tallystick.api.common.v1.Instrument;
import io.tallystick.api.common.v1.InstrumentKind;
import io.tallystick.api.common.v1.Reason;
import io.tallystick.kit.grpc.PeerChannels;
import io.tallystick.kit.grpc.PeerClient;
import io.tallystick.kit.grpc.Retry;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.Money;
import io.tallystick.verify.code.ClearingWord;
import io.tallystick.verify.code.CodeMatch.Kind;
import io.tallystick.verify.code.CodeMatch.Payable;
import io.tallystick.verify.code.CodeOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Asks clearing-service to move money, and how a payment stands. Every call is idempotent by
/// payment id (refunds by refund id), so each may be sent again.
@Singleton
public class ClearingPayments {
  private final PeerClient<ClearingServiceBlockingStub> clearing;
  private final PeerDeadlines deadlines;

  @Inject
  ClearingPayments(PeerChannels channels, PeerDeadlines deadlines) {
    this.clearing = channels.client("clearing", ClearingServiceGrpc::newBlockingStub);
    this.deadlines = deadlines;
  }

  /// Pays, or holds the money for a challenge.
  ///
  /// @param stepUpReasons why the payer must be asked first; empty to pay at once
  public ClearingWord pay(CodeOrder order, List<Reason> stepUpReasons) {
    Payable payable = order.knownPayable();
    PayRequest request =
        PayRequest.newBuilder()
            .setPaymentId(order.paymentId())
            .setInstrument(
                Instrument.newBuilder()
                    .setKind(
                        payable.kind() == Kind.OFFLINE_CODE
                            ? InstrumentKind.INSTRUMENT_KIND_OFFLINE_CODE
                            : InstrumentKind.INSTRUMENT_KIND_ONLINE_CODE)
                    .setId(payable.instrumentId()))
            .setPayerId(payable.payerId())
            .setDeviceId(payable.deviceId())
            .setMerchantId(order.key().merchant().value())
            .setTerminalId(order.terminal().value())
            .setOrderId(order.key().order().value())
            .setAmount(ProtoMoney.of(order.knownRequest().amount()))
            .setMode(stepUpReasons.isEmpty() ? PayMode.PAY_MODE_CAPTURE : PayMode.PAY_MODE_STEP_UP)
            .addAllReasons(stepUpReasons)
            .setPresentedAt(ProtoTime.of(order.receivedAt()))
            .build();
    return ClearingWords.of(call(stub -> stub.pay(request)).getPayment());
  }

  /// Empty when clearing-service has not seen the payment.
  public Optional<ClearingWord> query(CodeOrder order) {
    QueryPaymentRequest request =
        QueryPaymentRequest.newBuilder()
            .setPayerId(order.knownPayable().payerId())
            .setPaymentId(order.paymentId())
            .build();
    QueryPaymentResponse response = call(stub -> stub.queryPayment(request));
    return switch (response.getResultCase()) {
      case PAYMENT -> Optional.of(ClearingWords.of(response.getPayment()));
      case UNKNOWN -> Optional.empty();
      case RESULT_NOT_SET -> throw new IllegalStateException("clearing-service gave no result");
    };
  }

  /// What a reversal came to.
  public sealed interface Reversal {
    /// Taken back, kept from happening, or without effect before.
    record Done(ClearingWord word) implements Reversal {}

    /// Settled or refunded.
    record TooLate(String explanation) implements Reversal {}
  }

  /// Takes the payment back, or keeps it from happening.
  public Reversal reverse(CodeOrder order) {
    ReverseRequest request =
        ReverseRequest.newBuilder()
            .setPaymentId(order.paymentId())
            .setPayerId(order.knownPayable().payerId())
            .setMerchantId(order.key().merchant().value())
            .build();
    ReverseResponse response = call(stub -> stub.reverse(request));
    return switch (response.getResultCase()) {
      case PAYMENT -> new Reversal.Done(ClearingWords.of(response.getPayment()));
      case TOO_LATE -> new Reversal.TooLate(response.getTooLate().getExplanation());
      case RESULT_NOT_SET -> throw new IllegalStateException("clearing-service gave no result");
    };
  }

  /// What a refund came to.
  public sealed interface Refund {
    /// Done, now or the first time.
    record Done(ClearingWord word) implements Refund {}

    /// No money moved.
    ///
    /// @param reason clearing-service's stable name
    record Denied(String reason) implements Refund {}
  }

  public Refund refund(CodeOrder order, String refundId, Money amount) {
    RefundRequest request =
        RefundRequest.newBuilder()
            .setPaymentId(order.paymentId())
            .setPayerId(order.knownPayable().payerId())
            .setMerchantId(order.key().merchant().value())
            .setRefundId(refundId)
            .setAmount(ProtoMoney.of(amount))
            .build();
    RefundResponse response = call(stub -> stub.refund(request));
    return switch (response.getResultCase()) {
      case PAYMENT -> new Refund.Done(ClearingWords.of(response.getPayment()));
      case DENIED -> new Refund.Denied(response.getDenied().getReason());
      case RESULT_NOT_SET -> throw new IllegalStateException("clearing-service gave no result");
    };
  }

  private <R> R call(Function<ClearingServiceBlockingStub, R> method) {
    return clearing.call(Retry.IF_UNAVAILABLE, deadlines.clearing(), method);
  }
}
