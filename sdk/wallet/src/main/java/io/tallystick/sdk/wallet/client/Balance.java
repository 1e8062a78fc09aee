package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the payer has in one currency.
 *
 * @param available may be spent now
 * @param held set aside for payments that wait for the payer
 * @param arrears owed
 * @param allowances what each device may spend offline
 */
public record Balance(
    SignedMoney available, SignedMoney held, SignedMoney arrears, List<Allowance> allowances) {
  public Balance {
    requireNonNull(available, "available is null");
    requireNonNull(held, "held is null");
    requireNonNull(arrears, "arrears is null");
    allowances = List.copyOf(allowances);
  }

  /**
   * A device's hold.
   *
   * @param left may be spent offline, as far as the platform has heard of taps
   * @param held set aside for taps that wait for the payer
   */
  public record Allowance(String deviceId, SignedMoney left, SignedMoney held) {
    public Allowance {
      requireNonNull(deviceId, "deviceId is null");
      requireNonNull(left, "left is null");
      requireNonNull(held, "held is null");
    }
  }

  static Balance read(Members balance) {
    String currency = balance.text("currency");
    return new Balance(
        new SignedMoney(balance.number("availableMinor"), currency),
        new SignedMoney(balance.number("heldMinor"), currency),
        new SignedMoney(balance.number("arrearsMinor"), currency),
        balance.list(
            "allowances",
            allowance ->
                new Allowance(
                    allowance.text("deviceId"),
                    new SignedMoney(allowance.number("leftMinor"), currency),
                    new SignedMoney(allowance.number("heldMinor"), currency))));
  }
}
