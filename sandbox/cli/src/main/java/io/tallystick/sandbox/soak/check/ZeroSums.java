package io.tallystick.sandbox.soak.check;

import java.sql.SQLException;

/// No entry stands outside a posting that sums to zero, and balances are the sums of their entries.
final class ZeroSums implements Check {
  @Override
  public String name() {
    return "every entry is in a posting that sums to zero";
  }

  @Override
  public void run(Claims claims, Sql sql, Findings findings) throws SQLException {
    findings.expect(
        sql.number("select count(*) from clearing.entry") > 0, "there are no entries at all");
    none(
        sql,
        findings,
        "posting %s does not sum to zero",
        "select posting_id::text from clearing.entry group by owner_id, posting_id, currency"
            + " having sum(amount_minor) <> 0");
    none(
        sql,
        findings,
        "an entry of no posting: %s",
        "select e.posting_id::text from clearing.entry e where not exists (select from"
            + " clearing.posting p where p.owner_id = e.owner_id and p.posting_id = e.posting_id)");
    none(
        sql,
        findings,
        "a posting without entries: %s",
        "select p.posting_id::text from clearing.posting p where not exists (select from"
            + " clearing.entry e where p.owner_id = e.owner_id and p.posting_id = e.posting_id)");
    none(
        sql,
        findings,
        "account %s is not the sum of its entries",
        """
        select coalesce(a.account_id, e.account_id)
        from clearing.account a
        full join (select account_owner_id, account_id, sum(amount_minor) as minor
                   from clearing.entry group by 1, 2) e
          on e.account_owner_id = a.owner_id and e.account_id = a.account_id
        where coalesce(a.posted_minor, 0) <> coalesce(e.minor, 0)
           or a.account_id is null\
        """);
    none(
        sql,
        findings,
        "account %s has less than nothing",
        "select account_id from clearing.account where kind <> 'bank' and posted_minor <"
            + " held_minor");
    none(
        sql,
        findings,
        "posting %s is for a payment that does not exist",
        "select o.posting_id::text from clearing.posting o where o.payment_id is not null and not"
            + " exists (select from clearing.payment p where p.payment_id = o.payment_id)");
  }

  private static void none(Sql sql, Findings findings, String message, String query)
      throws SQLException {
    findings.expect(true, message);
    sql.texts(query).forEach(subject -> findings.add(message, subject));
  }
}
