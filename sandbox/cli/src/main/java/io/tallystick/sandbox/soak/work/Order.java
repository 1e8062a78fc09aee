package io.tallystick.sandbox.soak.work;

import io.tallystick.protocol.model.Money;
import io.tallystick.sandbox.story.Stage;

/// One order of a till, as often as it may be presented.
///
/// @param till that asks for the money
/// @param id the merchant's own
/// @param payer whose code it is
/// @param code twenty digits
/// @param amountMinor what is asked for
record Order(Till till, String id, String payer, String code, long amountMinor) {
  /// As the journal names it.
  String subject() {
    return till.merchant() + "/" + id;
  }

  Money amount() {
    return Money.of(amountMinor, Stage.CURRENCY);
  }
}
