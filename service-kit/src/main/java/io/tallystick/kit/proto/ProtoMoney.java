package io.tallystick.kit.proto;

import io.tallystick.protocol.model.Money;

/// Amounts as messages have them, and back.
public final class ProtoMoney {
  private ProtoMoney() {}

  public static io.tallystick.api.common.v1.Money of(Money money) {
    return of(money.amountMinor(), money.currency());
  }

  public static io.tallystick.api.common.v1.Money of(long amountMinor, String currency) {
    return io.tallystick.api.common.v1.Money.newBuilder()
        .setAmountMinor(amountMinor)
        .setCurrency(currency)
        .build();
  }

  /// @throws IllegalArgumentException for an amount or currency that the protocol has not
  public static Money from(io.tallystick.api.common.v1.Money money) {
    return Money.of(money.getAmountMinor(), money.getCurrency());
  }
}
