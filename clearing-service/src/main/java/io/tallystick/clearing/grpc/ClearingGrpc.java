package io.tallystick.clearing.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.clearing.v1.ClearingServiceGrpc;
import io.tallystick.api.clearing.v1.HoldAllowanceRequest;
import io.tallystick.api.clearing.v1.HoldAllowanceResponse;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.PayResponse;
import io.tallystick.api.clearing.v1.QueryPaymentRequest;
import io.tallystick.api.clearing.v1.QueryPaymentResponse;
import io.tallystick.api.clearing.v1.RefundDenied;
import io.tallystick.api.clearing.v1.RefundRequest;
import io.tallystick.api.clearing.v1.RefundResponse;
import io.tallystick.api.clearing.v1.ReverseRequest;
import io.tallystick.api.clearing.v1.ReverseResponse;
import io.tallystick.api.clearing.v1.ReverseTooLate;
import io.tallystick.api.clearing.v1.UnknownAccount;
import io.tallystick.api.clearing.v1.UnknownPayment;
import io.tallystick.clearing.allowance.AllowanceService;
import io.tallystick.clearing.payment.PayResult;
import io.tallystick.clearing.payment.PayService;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.clearing.payment.ReturnRules.Refunding;
import io.tallystick.clearing.payment.ReturnRules.Reversal;
import io.tallystick.clearing.payment.ReturnService;
import io.tallystick.clearing.payment.ReturnService.Known;
import io.tallystick.clearing.payment.ReturnService.Reversed;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.kit.grpc.GrpcCalls;
import java.util.OptionalLong;

/// `tallystick.clearing.v1.ClearingService`.
@GrpcService
public class ClearingGrpc extends ClearingServiceGrpc.ClearingServiceImplBase {
  private final GrpcCalls calls;
  private final PayService pays;
  private final ReturnService returns;
  private final AllowanceService allowances;

  ClearingGrpc(
      GrpcCalls calls, PayService pays, ReturnService returns, AllowanceService allowances) {
    this.calls = calls;
    this.pays = pays;
    this.returns = returns;
    this.allowances = allowances;
  }

  @Override
  public void pay(PayRequest request, StreamObserver<PayResponse> observer) {
    calls.unary(observer, () -> pay(request));
  }

  private PayResponse pay(PayRequest request) {
    return switch (pays.pay(ClearingRequests.payCommand(request))) {
      case PayResult.Answered answered ->
          PayResponse.newBuilder().setPayment(PaymentViews.of(answered.payment())).build();
      case PayResult.Reused reused -> throw ApiErrors.keyReused(reused.key(), reused.difference());
    };
  }

  @Override
  public void queryPayment(
      QueryPaymentRequest request, StreamObserver<QueryPaymentResponse> observer) {
    calls.unary(observer, () -> query(request));
  }

  private QueryPaymentResponse query(QueryPaymentRequest request) {
    String payerId = ClearingRequests.id("payer_id", request.getPayerId());
    String paymentId = ClearingRequests.id("payment_id", request.getPaymentId());
    QueryPaymentResponse.Builder response = QueryPaymentResponse.newBuilder();
    return switch (returns.query(payerId, paymentId)) {
      case Known.Made made -> response.setPayment(PaymentViews.of(made.payment())).build();
      case Known.Stopped stopped ->
          response.setPayment(PaymentViews.stopped(paymentId, stopped.since())).build();
      case Known.Unknown _ -> response.setUnknown(UnknownPayment.getDefaultInstance()).build();
    };
  }

  @Override
  public void reverse(ReverseRequest request, StreamObserver<ReverseResponse> observer) {
    calls.unary(observer, () -> reverse(request));
  }

  private ReverseResponse reverse(ReverseRequest request) {
    String payerId = ClearingRequests.id("payer_id", request.getPayerId());
    String paymentId = ClearingRequests.codePaymentId(request.getPaymentId());
    String merchantId = ClearingRequests.id("merchant_id", request.getMerchantId());
    ReverseResponse.Builder response = ReverseResponse.newBuilder();
    return switch (returns.reverse(payerId, paymentId, merchantId)) {
      case Reversed.Stopped stopped ->
          response.setPayment(PaymentViews.stopped(paymentId, stopped.since())).build();
      case Reversed.Answered(Reversal.Done done) ->
          response.setPayment(PaymentViews.of(done.payment())).build();
      case Reversed.Answered(Reversal.TooLate late) ->
          response
              .setTooLate(ReverseTooLate.newBuilder().setExplanation(late.explanation()))
              .build();
    };
  }

  @Override
  public void refund(RefundRequest request, StreamObserver<RefundResponse> observer) {
    calls.unary(observer, () -> refund(request));
  }

  private RefundResponse refund(RefundRequest request) {
    RefundResponse.Builder response = RefundResponse.newBuilder();
    return switch (returns.refund(ClearingRequests.refund(request))) {
      case Refunding.Done done -> response.setPayment(PaymentViews.of(done.payment())).build();
      case Refunding.Denied denied ->
          response.setDenied(RefundDenied.newBuilder().setReason(denied.denial().text())).build();
    };
  }

  @Override
  public void holdAllowance(
      HoldAllowanceRequest request, StreamObserver<HoldAllowanceResponse> observer) {
    calls.unary(observer, () -> holdAllowance(request));
  }

  private HoldAllowanceResponse holdAllowance(HoldAllowanceRequest request) {
    HoldAllowanceResponse.Builder response = HoldAllowanceResponse.newBuilder();
    OptionalLong heldMinor = allowances.hold(ClearingRequests.allowance(request));
    String currency = request.getTarget().getCurrency();
    return heldMinor.isPresent()
        ? response.setHeld(ProtoValues.money(heldMinor.getAsLong(), currency)).build()
        : response.setUnknownAccount(UnknownAccount.getDefaultInstance()).build();
  }
}
