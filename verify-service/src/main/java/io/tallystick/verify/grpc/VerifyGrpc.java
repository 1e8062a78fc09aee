package io.tallystick.verify.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.tallystick.api.verify.v1.GetTerminalPackRequest;
import io.tallystick.api.verify.v1.GetTerminalPackResponse;
import io.tallystick.api.verify.v1.PayByCodeRequest;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.QueryPaymentRequest;
import io.tallystick.api.verify.v1.QueryPaymentResponse;
import io.tallystick.api.verify.v1.RefundPaymentRequest;
import io.tallystick.api.verify.v1.RefundPaymentResponse;
import io.tallystick.api.verify.v1.ReversePaymentRequest;
import io.tallystick.api.verify.v1.ReversePaymentResponse;
import io.tallystick.api.verify.v1.SubmitTapsRequest;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.api.verify.v1.UnknownOrder;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.kit.grpc.Caller;
import io.tallystick.kit.grpc.GrpcCalls;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.pack.TerminalPacks;
import io.tallystick.verify.payment.CodePayments;
import io.tallystick.verify.payment.OrderQueries;
import io.tallystick.verify.payment.Refunds;
import io.tallystick.verify.payment.Reversals;
import io.tallystick.verify.registry.TerminalRegistry;
import io.tallystick.verify.terminal.Terminal;
import jakarta.inject.Inject;

/// `VerifyService`: the terminal is the one its certificate names and acts for that merchant only.
@GrpcService
public class VerifyGrpc extends VerifyServiceGrpc.VerifyServiceImplBase {
  private final GrpcCalls calls;
  private final TerminalRegistry terminals;
  private final CodePayments payments;
  private final OrderQueries queries;
  private final Reversals reversals;
  private final Refunds refunds;
  private final TapStreams streams;
  private final TerminalPacks packs;

  @Inject
  VerifyGrpc(
      GrpcCalls calls,
      TerminalRegistry terminals,
      CodePayments payments,
      OrderQueries queries,
      Reversals reversals,
      Refunds refunds,
      TapStreams streams,
      TerminalPacks packs) {
    this.calls = calls;
    this.terminals = terminals;
    this.payments = payments;
    this.queries = queries;
    this.reversals = reversals;
    this.refunds = refunds;
    this.streams = streams;
    this.packs = packs;
  }

  @Override
  public void payByCode(PayByCodeRequest request, StreamObserver<PayByCodeResponse> observer) {
    calls.unary(
        observer,
        () -> {
          Terminal terminal = caller();
          return OrderResponses.paid(payments.pay(terminal, Requests.payment(terminal, request)));
        });
  }

  @Override
  public void queryPayment(
      QueryPaymentRequest request, StreamObserver<QueryPaymentResponse> observer) {
    calls.unary(
        observer,
        () ->
            queries
                .query(order(request.getOrderId()))
                .map(OrderResponses::queried)
                .orElseGet(() ->
                    QueryPaymentResponse.newBuilder()
                        .setUnknownOrder(UnknownOrder.getDefaultInstance())
                        .build()));
  }

  @Override
  public void reversePayment(
      ReversePaymentRequest request, StreamObserver<ReversePaymentResponse> observer) {
    calls.unary(
        observer,
        () -> {
          Terminal terminal = caller();
          OrderKey key = Requests.order(terminal.merchant(), request.getOrderId());
          return OrderResponses.of(reversals.reverse(terminal, key));
        });
  }

  @Override
  public void refundPayment(
      RefundPaymentRequest request, StreamObserver<RefundPaymentResponse> observer) {
    calls.unary(
        observer,
        () ->
            OrderResponses.of(
                refunds.refund(
                    order(request.getOrderId()),
                    Requests.refund(request.getRefundId()),
                    Requests.amount(request.getAmount()))));
  }

  @Override
  public StreamObserver<SubmitTapsRequest> submitTaps(StreamObserver<SubmitTapsResponse> observer) {
    ServerCallStreamObserver<SubmitTapsResponse> responses =
        (ServerCallStreamObserver<SubmitTapsResponse>) observer;
    return streams.begin(responses, Caller.terminal());
  }

  @Override
  public void getTerminalPack(
      GetTerminalPackRequest request, StreamObserver<GetTerminalPackResponse> observer) {
    calls.unary(
        observer,
        () ->
            GetTerminalPackResponse.newBuilder()
                .setPack(ByteString.copyFrom(packs.of(caller())))
                .build());
  }

  private OrderKey order(String orderId) {
    return Requests.order(caller().merchant(), orderId);
  }

  private Terminal caller() {
    return terminals.require(Caller.terminal());
  }
}
