package io.tallystick.seed.rest;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.protocol.model.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Money in JSON.
@RegisterForReflection
@Schema(name = "Money", description = "An exact amount in minor units of its currency")
public record Amount(
    @Schema(examples = "20000") long amountMinor, @Schema(examples = "CNY") String currency) {
  public static Amount of(Money money) {
    return new Amount(money.amountMinor(), money.currency());
  }
}
