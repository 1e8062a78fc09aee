package io.tallystick.clearing.payment;

import io.tallystick.clearing.ledger.AccountRef;
import io.tallystick.clearing.ledger.Balance;
import io.tallystick.clearing.ledger.Book;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.TokenSerial;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// Work and terms for tests of rules.
public final class Works {
  public static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  public static final String DEVICE = "00000000000000d1";
  public static final AccountRef AVAILABLE = AccountRef.available("alice", "CNY");
  public static final AccountRef ALLOWANCE = AccountRef.allowance("alice", DEVICE, "CNY");

  private Works() {}

  /// Work on these accounts.
  public static Work on(Map<AccountRef, Balance> accounts) {
    return new Work(new Book(accounts, UUID::randomUUID), NOW);
  }

  /// Work on Alice's account with this much in it.
  public static Work withAvailable(long minor) {
    return on(Map.of(AVAILABLE, new Balance(minor, 0)));
  }

  /// Terms of a payment of Alice by code.
  public static PaymentTerms code(long minor) {
    return new PaymentTerms(
        "alice",
        "pay_1",
        new Instrument(InstrumentKind.OFFLINE_CODE, "code:1"),
        DEVICE,
        "m1",
        "t1",
        "order-1",
        Money.of(minor, "CNY"));
  }

  /// Terms of a tap of Alice.
  public static PaymentTerms tap(long minor) {
    return PaymentTerms.ofTap(
        TokenSerial.parse(DEVICE + "00000001"), "alice", "m1", "t1", Money.of(minor, "CNY"));
  }
}
