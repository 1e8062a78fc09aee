package io.tallystick.notify.json;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.protocol.model.Money;
import org.jspecify.annotations.Nullable;

/// An amount in JSON: `{"amountMinor": 4200, "currency": "CNY"}`.
@RegisterForReflection
public record MoneyView(long amountMinor, String currency) {
  public static MoneyView from(Money money) {
    return new MoneyView(money.amountMinor(), money.currency());
  }

  public static @Nullable MoneyView fromNullable(@Nullable Money money) {
    return money == null ? null : from(money);
  }
}
