package io.tallystick.clearing.payment;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A code payment that verify-service wants made.
///
/// @param stepUp hold the money and wait for the payer's challenge, instead of moving it at once
/// @param reasons why it must step up; empty for a capture
public record PayCommand(PaymentTerms terms, boolean stepUp, List<Reason> reasons) {
  public PayCommand {
    requireNonNull(terms, "terms is null");
    reasons = List.copyOf(reasons);
    if (terms.instrument().kind() == InstrumentKind.TAP
        || terms.instrument().id().startsWith(PaymentTerms.TAP_INSTRUMENT_PREFIX)) {
      throw new IllegalArgumentException("instrument is a tap, which is not paid by Pay");
    }
    if (terms.paymentId().startsWith(PaymentTerms.TAP_PREFIX)) {
      throw new IllegalArgumentException("payment_id is a tap's: " + terms.paymentId());
    }
  }
}
