package io.tallystick.sandbox.soak.check;

import io.tallystick.sandbox.soak.told.Line;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Every balance is what deposits and answers make it, to the minor unit, computed here from the
/// journal alone.
final class BalancesComputed implements Check {
  @Override
  public String name() {
    return "no balance is off by one minor unit";
  }

  @Override
  public void run(Claims claims, Sql sql, Findings findings) throws SQLException {
    Map<String, Long> payers = new TreeMap<>(claims.deposits());
    Map<String, Long> merchants = new TreeMap<>();
    for (OrderClaim order : claims.orders().values()) {
      payers.merge(order.payer(), -order.keptMinor(), Long::sum);
      String merchant = order.subject().substring(0, order.subject().indexOf('/'));
      merchants.merge(merchant, order.keptMinor(), Long::sum);
    }
    for (TapClaim tap : claims.taps().values()) {
      Line bill = claims.bills().get(tap.paymentId());
      if (bill != null && tap.taken().isPresent() && bill.fact("state").equals("cleared")) {
        Line taken = tap.taken().get();
        payers.merge(taken.fact("payer"), -taken.minor("amountMinor"), Long::sum);
        merchants.merge(taken.fact("merchant"), taken.minor("amountMinor"), Long::sum);
      }
    }
    comparePayers(claims, sql, findings, payers);
    compareMerchants(sql, findings, merchants);
    long deposited = claims.deposits().values().stream().mapToLong(Long::longValue).sum();
    long bank =
        sql.number(
            "select coalesce(sum(posted_minor), 0) from clearing.account where kind = 'bank'");
    findings.expect(bank == -deposited, "%d came in, the bank account is at %d", deposited, bank);
  }

  private static void comparePayers(
      Claims claims, Sql sql, Findings findings, Map<String, Long> expected) throws SQLException {
    Map<String, Long> stored =
        byOwner(
            sql,
            "select owner_id, sum(posted_minor) from clearing.account"
                + " where owner_kind = 'payer' group by owner_id");
    expected.forEach((payer, minor) -> {
      findings.expect(
          minor.equals(stored.get(payer)),
          "%s: by what was told %d is left, the accounts hold %d",
          payer,
          minor,
          stored.get(payer));
      Line read = claims.balances().get(payer);
      findings.expect(
          read != null
              && read.minor("availableMinor") + read.minor("allowanceMinor") == minor
              && read.minor("heldMinor") == 0
              && read.minor("allowanceHeldMinor") == 0,
          "%s: by what was told %d is left and nothing held; the payer reads %s",
          payer,
          minor,
          read == null ? "nothing" : read.facts());
    });
    stored.keySet().stream()
        .filter(payer -> !expected.containsKey(payer))
        .forEach(payer -> findings.add("%s has an account and never brought money in", payer));
  }

  /// What merchants have, and what is still in the clearing buckets for them.
  private static void compareMerchants(Sql sql, Findings findings, Map<String, Long> expected)
      throws SQLException {
    Map<String, Long> stored =
        byOwner(
            sql,
            "select owner_id, sum(posted_minor) from clearing.account"
                + " where owner_kind = 'merchant' group by owner_id");
    byOwner(
            sql,
            "select merchant_id, sum(amount_minor - returned_minor) from clearing.merchant_credit"
                + " where sweep_posting_id is null and reversed_at is null group by merchant_id")
        .forEach((merchant, minor) -> stored.merge(merchant, minor, Long::sum));
    stored.keySet().forEach(merchant -> expected.putIfAbsent(merchant, 0L));
    expected.forEach((merchant, minor) ->
        findings.expect(
            minor.equals(stored.getOrDefault(merchant, 0L)),
            "%s: by what was told it is owed %d, the accounts hold %d",
            merchant,
            minor,
            stored.getOrDefault(merchant, 0L)));
    long waiting =
        sql.number(
            "select coalesce(sum(amount_minor - returned_minor), 0) from clearing.merchant_credit"
                + " where sweep_posting_id is null and reversed_at is null");
    long buckets =
        sql.number(
            "select coalesce(sum(posted_minor), 0) from clearing.account where kind = 'clearing'");
    findings.expect(
        waiting == buckets, "%d waits to be swept, the buckets hold %d", waiting, buckets);
  }

  private static Map<String, Long> byOwner(Sql sql, String query) throws SQLException {
    Map<String, Long> sums = new HashMap<>();
    sql.list(query, row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(row -> sums.put(row.getKey(), row.getValue()));
    return sums;
  }
}
