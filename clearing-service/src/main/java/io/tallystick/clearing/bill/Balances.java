package io.tallystick.clearing.bill;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tallystick.clearing.bank.postgres.PostgresAccounts.Standing;
import io.tallystick.clearing.ledger.AccountKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a payer has, by currency.
@RegisterForReflection
@Schema(name = "Balances")
public record Balances(List<InCurrency> balances) {
  public Balances {
    balances = List.copyOf(balances);
  }

  /// What the accounts of a payer come to.
  static Balances of(List<Standing> standings) {
    Map<String, List<Standing>> byCurrency =
        standings.stream()
            .collect(
                Collectors.groupingBy(
                    s -> s.account().currency(), TreeMap::new, Collectors.toList()));
    return new Balances(
        byCurrency.entrySet().stream().map(e -> inCurrency(e.getKey(), e.getValue())).toList());
  }

  private static InCurrency inCurrency(String currency, List<Standing> standings) {
    return new InCurrency(
        currency,
        sum(standings, AccountKind.AVAILABLE, s -> s.balance().freeMinor()),
        standings.stream().mapToLong(s -> s.balance().heldMinor()).sum(),
        standings.stream().flatMap(s -> allowance(s).stream()).toList(),
        -sum(standings, AccountKind.ARREARS, s -> s.balance().postedMinor()));
  }

  private static Optional<Allowance> allowance(Standing standing) {
    String deviceId = standing.account().deviceId();
    boolean used = standing.balance().postedMinor() != 0;
    return deviceId == null || !used
        ? Optional.empty()
        : Optional.of(
            new Allowance(
                deviceId, standing.balance().freeMinor(), standing.balance().heldMinor()));
  }

  private static long sum(
      List<Standing> standings, AccountKind kind, ToLongFunction<Standing> minor) {
    return standings.stream().filter(s -> s.account().kind() == kind).mapToLong(minor).sum();
  }

  /// @param availableMinor may be spent now
  /// @param heldMinor set aside for payments that wait for the payer
  /// @param allowances what each device may spend offline
  /// @param arrearsMinor owed by the payer
  @RegisterForReflection
  @Schema(name = "Balance")
  public record InCurrency(
      @Schema(examples = "CNY") String currency,
      long availableMinor,
      long heldMinor,
      List<Allowance> allowances,
      long arrearsMinor) {}

  /// @param leftMinor may be spent offline
  /// @param heldMinor set aside for taps that wait for the payer
  @RegisterForReflection
  @Schema(name = "Allowance")
  public record Allowance(String deviceId, long leftMinor, long heldMinor) {}
}
