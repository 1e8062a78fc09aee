package io.tallystick.verify.testing;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tallystick.api.common.v1.Money;
import io.tallystick.api.verify.v1.PayByCodeRequest;
import io.tallystick.api.verify.v1.PayByCodeResponse;
import io.tallystick.api.verify.v1.QueryPaymentRequest;
import io.tallystick.api.verify.v1.QueryPaymentResponse;
import io.tallystick.api.verify.v1.RefundPaymentRequest;
import io.tallystick.api.verify.v1.RefundPaymentResponse;
import io.tallystick.api.verify.v1.ReversePaymentRequest;
import io.tallystick.api.verify.v1.ReversePaymentResponse;
import io.tallystick.api.verify.v1.VerifyServiceGrpc;
import io.tallystick.api.verify.v1.VerifyServiceGrpc.VerifyServiceBlockingStub;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import java.util.concurrent.TimeUnit;

/// A terminal over its own mTLS connection.
public record TestTerminal(
    String merchantId, String terminalId, Sm2PrivateKey key, ManagedChannel channel) {

  public PayByCodeResponse pay(String orderId, String code, long amountMinor) {
    return stub().payByCode(request(orderId, code, amountMinor, "CNY"));
  }

  /// Sends the same order until it is answered, as terminals do after UNAVAILABLE.
  public PayByCodeResponse payUntilAnswered(String orderId, String code, long amountMinor)
      throws InterruptedException {
    return Eventually.get(
        () -> {
          try {
            return pay(orderId, code, amountMinor);
          } catch (StatusRuntimeException away) {
            if (away.getStatus().getCode() != Status.Code.UNAVAILABLE) {
              throw away;
            }
            return PayByCodeResponse.getDefaultInstance();
          }
        },
        answer -> answer.getOutcomeCase() != PayByCodeResponse.OutcomeCase.OUTCOME_NOT_SET);
  }

  public static PayByCodeRequest request(
      String orderId, String code, long amountMinor, String currency) {
    return PayByCodeRequest.newBuilder()
        .setOrderId(orderId)
        .setCode(code)
        .setAmount(Money.newBuilder().setAmountMinor(amountMinor).setCurrency(currency))
        .build();
  }

  public QueryPaymentResponse query(String orderId) {
    return stub().queryPayment(QueryPaymentRequest.newBuilder().setOrderId(orderId).build());
  }

  public ReversePaymentResponse reverse(String orderId) {
    return stub().reversePayment(ReversePaymentRequest.newBuilder().setOrderId(orderId).build());
  }

  public RefundPaymentResponse refund(String orderId, String refundId, long amountMinor) {
    return stub()
        .refundPayment(
            RefundPaymentRequest.newBuilder()
                .setOrderId(orderId)
                .setRefundId(refundId)
                .setAmount(Money.newBuilder().setAmountMinor(amountMinor).setCurrency("CNY"))
                .build());
  }

  public VerifyServiceBlockingStub stub() {
    return VerifyServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }
}
