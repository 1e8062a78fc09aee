package io.tallystick.sandbox.soak.check;

import io.tallystick.sandbox.soak.told.Line;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every half that the platform took is there, matched with the other or listed as alone, and its
/// tap came to an end.
final class HalvesAccounted implements Check {
  private static final Set<String> ENDS = Set.of("cleared", "settled", "returned", "refused");

  private record Tap(String halves, String state, long amountMinor, String payer) {}

  @Override
  public String name() {
    return "every half is matched or listed as alone";
  }

  @Override
  public void run(Claims claims, Sql sql, Findings findings) throws SQLException {
    Set<String> atVerify =
        new HashSet<>(sql.texts("select serial || ' ' || lower(side) from verify.tap_half"));
    Set<String> atClearing =
        new HashSet<>(
            sql.texts("select substr(payment_id, 5) || ' ' || side from clearing.tap_half"));
    Map<String, Tap> taps = new HashMap<>();
    sql.list(
            "select t.serial, t.halves_state, p.state, p.amount_minor, p.payer_id from clearing.tap"
                + " t left join clearing.payment p on p.payment_id = t.payment_id",
            row ->
                Map.entry(
                    row.getString(1),
                    new Tap(
                        row.getString(2),
                        String.valueOf(row.getString(3)),
                        row.getLong(4),
                        String.valueOf(row.getString(5)))))
        .forEach(row -> taps.put(row.getKey(), row.getValue()));
    for (TapClaim tap : claims.taps().values()) {
      checkHalf(tap, "terminal", atVerify, atClearing, findings);
      checkHalf(tap, "wallet", atVerify, atClearing, findings);
      checkTap(tap, claims.bills().get(tap.paymentId()), taps.get(tap.serial()), findings);
    }
    for (String half : atVerify) {
      String[] parts = half.split(" ");
      TapClaim claim = claims.taps().get(parts[0]);
      findings.expect(
          claim != null && claim.sent(parts[1]), "half %s is there and nobody sent it", half);
    }
    findings.expect(
        atVerify.equals(atClearing),
        "verify-service has %d halves, clearing-service %d, and they differ",
        atVerify.size(),
        atClearing.size());
  }

  private static void checkHalf(
      TapClaim tap, String side, Set<String> atVerify, Set<String> atClearing, Findings findings) {
    if (!tap.has(side)) {
      return;
    }
    String half = tap.serial() + " " + side;
    findings.expect(atVerify.contains(half), "half %s was taken and verify-service lost it", half);
    findings.expect(atClearing.contains(half), "half %s never came to clearing-service", half);
    for (Line line : tap.told(side)) {
      String outcome = line.fact("outcome");
      boolean known = Set.of("duplicate", "answered", Line.UNKNOWN).contains(outcome);
      findings.expect(
          known || !tap.wasTakenBefore(line),
          "half %s was taken, and sent again it is %s",
          half,
          outcome);
    }
  }

  private static void checkTap(
      TapClaim claim, @Nullable Line bill, @Nullable Tap tap, Findings findings) {
    boolean terminal = claim.has("terminal");
    boolean wallet = claim.has("wallet");
    if (!terminal && !wallet) {
      findings.expect(
          tap == null || claim.sent("terminal") || claim.sent("wallet"),
          "tap %s is there and nobody sent a half",
          claim.serial());
      return;
    }
    if (tap == null) {
      findings.add("tap %s was taken and clearing-service has never heard of it", claim.serial());
      return;
    }
    String expected = terminal && wallet ? "matched" : terminal ? "terminal-only" : "wallet-only";
    findings.expect(
        tap.halves().equals(expected),
        "tap %s has its halves as %s, by what was told they are %s",
        claim.serial(),
        tap.halves(),
        expected);
    checkEnd(claim, bill, tap, findings);
    checkAmount(claim, tap, findings);
  }

  private static void checkEnd(TapClaim claim, @Nullable Line bill, Tap tap, Findings findings) {
    findings.expect(
        ENDS.contains(tap.state()), "tap %s has come to no end: %s", claim.serial(), tap.state());
    findings.expect(
        bill != null && bill.fact("state").equals(tap.state()),
        "tap %s is %s and its payer reads %s",
        claim.serial(),
        tap.state(),
        bill == null ? "nothing" : bill.fact("state"));
  }

  private static void checkAmount(TapClaim claim, Tap tap, Findings findings) {
    findings.expect(
        claim.taken().isPresent(), "tap %s was cleared and no terminal took it", claim.serial());
    claim
        .taken()
        .ifPresent(taken ->
            findings.expect(
                taken.minor("amountMinor") == tap.amountMinor()
                    && taken.fact("payer").equals(tap.payer()),
                "tap %s over %d of %s is a payment over %d of %s",
                claim.serial(),
                taken.minor("amountMinor"),
                taken.fact("payer"),
                tap.amountMinor(),
                tap.payer()));
  }
}
