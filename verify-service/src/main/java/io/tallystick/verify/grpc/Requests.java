package io.tallystick.verify.grpc;

import static io.tallystick.kit.error.ApiErrors.valid;

import io.tallystick.api.verify.v1.PayByCodeRequest;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.wire.MalformedException;
import io.tallystick.verify.code.OrderId;
import io.tallystick.verify.code.OrderKey;
import io.tallystick.verify.code.RefundId;
import io.tallystick.verify.payment.CodePaymentRequest;
import io.tallystick.verify.terminal.Terminal;
import java.util.function.Supplier;

/// Reads requests. What is malformed is `INVALID_ARGUMENT` with a reason that names the field, and
/// nothing of a code is repeated.
final class Requests {
  private Requests() {}

  static CodePaymentRequest payment(Terminal terminal, PayByCodeRequest request) {
    OrderKey key = order(terminal.merchant(), request.getOrderId());
    Money amount = amount(request.getAmount());
    return valid("CODE_MALFORMED", () -> new CodePaymentRequest(key, request.getCode(), amount));
  }

  static OrderKey order(MerchantId merchant, String orderId) {
    return new OrderKey(merchant, valid("ORDER_ID_MALFORMED", () -> new OrderId(orderId)));
  }

  static RefundId refund(String refundId) {
    return valid("REFUND_ID_MALFORMED", () -> new RefundId(refundId));
  }

  /// A value of the protocol, which refuses what is malformed in a way of its own.
  static <T> T parsed(String reason, Supplier<T> value) {
    try {
      return valid(reason, value);
    } catch (MalformedException malformed) {
      throw ApiErrors.invalidArgument(reason, malformed.getMessage());
    }
  }

  static Money amount(io.tallystick.api.common.v1.Money amount) {
    return valid(
        "AMOUNT_INVALID",
        () -> {
          if (amount.getAmountMinor() < 1) {
            throw new IllegalArgumentException("amount.amount_minor is not positive");
          }
          return Money.of(amount.getAmountMinor(), amount.getCurrency());
        });
  }
}
