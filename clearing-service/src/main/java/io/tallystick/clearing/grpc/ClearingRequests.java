package io.tallystick.clearing.grpc;

import io.tallystick.api.clearing.v1.HoldAllowanceRequest;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.RefundRequest;
import io.tallystick.clearing.allowance.AllowanceRequest;
import io.tallystick.clearing.payment.PayCommand;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.clearing.payment.Refund;
import io.tallystick.kit.error.ApiErrors;

/// Turns requests into what this service works with; what is malformed is `INVALID_ARGUMENT`.
final class ClearingRequests {
  private static final String MALFORMED = "REQUEST_MALFORMED";

  private ClearingRequests() {}

  static PayCommand payCommand(PayRequest request) {
    return ApiErrors.valid(
        MALFORMED,
        () ->
            new PayCommand(
                terms(request), stepUp(request), ProtoValues.reasons(request.getReasonsList())));
  }

  private static PaymentTerms terms(PayRequest request) {
    return new PaymentTerms(
        request.getPayerId(),
        request.getPaymentId(),
        ProtoValues.instrument(request.getInstrument()),
        request.getDeviceId(),
        request.getMerchantId(),
        request.getTerminalId(),
        request.getOrderId().isEmpty() ? null : request.getOrderId(),
        ProtoValues.money(request.getAmount()));
  }

  private static boolean stepUp(PayRequest request) {
    return switch (request.getMode()) {
      case PAY_MODE_CAPTURE -> false;
      case PAY_MODE_STEP_UP -> true;
      case PAY_MODE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("mode is not set");
    };
  }

  static Refund refund(RefundRequest request) {
    id("payer_id", request.getPayerId());
    id("payment_id", request.getPaymentId());
    id("merchant_id", request.getMerchantId());
    return ApiErrors.valid(
        MALFORMED,
        () ->
            new Refund(
                request.getPayerId(),
                request.getPaymentId(),
                request.getRefundId(),
                request.getMerchantId(),
                ProtoValues.money(request.getAmount())));
  }

  static AllowanceRequest allowance(HoldAllowanceRequest request) {
    return ApiErrors.valid(
        MALFORMED,
        () ->
            new AllowanceRequest(
                request.getIdempotencyKey(),
                request.getPayerId(),
                request.getDeviceId(),
                ProtoValues.money(request.getTarget()),
                request.getReleasedDeviceIdsList()));
  }

  /// A payment that may be reversed before it is seen: the mark would stop a tap for ever.
  static String codePaymentId(String value) {
    if (value.startsWith(PaymentTerms.TAP_PREFIX)) {
      throw ApiErrors.invalidArgument(MALFORMED, "payment_id is a tap's: " + value);
    }
    return id("payment_id", value);
  }

  static String id(String field, String value) {
    if (value.isEmpty() || value.length() > PaymentTerms.LONGEST_ID) {
      throw ApiErrors.invalidArgument(MALFORMED, field + " has a length of " + value.length());
    }
    return value;
  }
}
