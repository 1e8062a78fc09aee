package io.tallystick.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// The database itself refuses what the code would never do.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class LedgerGuardsIT {
  @Inject Books books;
  @Inject SweepService sweeps;

  @Test
  void refusesAPostingThatDoesntSumToZero() {
    assertRefused(
        "do not sum to zero",
        POSTING.formatted("o1", "00000000-0000-7000-8000-000000000001"),
        ENTRY.formatted("o1", "00000000-0000-7000-8000-000000000001", 1, -100, "CNY"),
        ENTRY.formatted("o1", "00000000-0000-7000-8000-000000000001", 2, 99, "CNY"));
  }

  @Test
  void refusesAPostingThatSumsToZeroOnlyOverTwoCurrencies() {
    assertRefused(
        "do not sum to zero",
        POSTING.formatted("o1", "00000000-0000-7000-8000-000000000002"),
        ENTRY.formatted("o1", "00000000-0000-7000-8000-000000000002", 1, -100, "CNY"),
        ENTRY.formatted("o1", "00000000-0000-7000-8000-000000000002", 2, 100, "USD"));
  }

  @Test
  void refusesAddingToAnOldPosting() {
    pay();
    assertRefused(
        "do not sum to zero",
        """
        INSERT INTO entry
        SELECT owner_id, posting_id, 9, account_owner_id, account_id, 1, currency
        FROM entry LIMIT 1
        """);
  }

  @Test
  void refusesEntriesOfNoPosting() {
    assertRefused(
        "entry_of_posting",
        ENTRY.formatted("o1", "00000000-0000-7000-8000-00000000dead", 1, -100, "CNY"),
        ENTRY.formatted("o1", "00000000-0000-7000-8000-00000000dead", 2, 100, "CNY"));
  }

  @Test
  void refusesRewritingHistory() {
    pay();
    for (String table : new String[] {"posting", "entry", "payment_change"}) {
      assertRefused("append-only", "DELETE FROM " + table);
      assertRefused("append-only", "TRUNCATE " + table + " CASCADE");
    }
    assertRefused("append-only", "UPDATE entry SET amount_minor = amount_minor + 1");
    assertRefused("append-only", "UPDATE posting SET kind = 'refund'");
    assertRefused("append-only", "UPDATE payment_change SET state = 'paid'");
  }

  @Test
  void refusesANegativeBalance() {
    String payer = Pays.payerWith(100);
    assertRefused(
        "account_not_negative",
        "UPDATE account SET posted_minor = posted_minor - 101 WHERE owner_id = '" + payer + "'");
    assertRefused(
        "account_not_negative",
        "UPDATE account SET held_minor = held_minor + 101 WHERE owner_id = '" + payer + "'");
    assertRefused(
        "account_held_not_negative",
        "UPDATE account SET held_minor = held_minor - 1 WHERE owner_id = '" + payer + "'");
  }

  @Test
  void refusesASecondPostingOfAPayment() {
    String paymentId = pay();
    assertRefused(
        "posting_once",
        """
        INSERT INTO posting
        SELECT owner_id, gen_random_uuid(), kind, payment_id, reference, posted_at FROM posting
        WHERE payment_id = '%s'
        """
            .formatted(paymentId));
  }

  @Test
  void refusesASecondUseOfAnInstrument() {
    String paymentId = pay();
    assertRefused(
        "instrument_guard_pkey",
        "INSERT INTO instrument_guard VALUES ('code:%s', 'mallory', 'other')".formatted(paymentId));
  }

  @Test
  void refusesEndingAHoldTwice() {
    String payer = Pays.payerWith(100);
    String paymentId = Pays.pay(Pays.stepUp(payer, "m1", 60)).getPaymentId();
    String end =
        "UPDATE hold SET state = '%s', ended_at = now() WHERE payment_id = '" + paymentId + "'";
    assertRefused("is already posted", end.formatted("posted"), end.formatted("voided"));
  }

  @Test
  void refusesSweepingACreditTwice() {
    String paymentId = pay();
    sweeps.sweepAll();
    assertThat(
            books.number(
                """
                SELECT count(*) FROM merchant_credit
                WHERE payment_id = ? AND sweep_posting_id IS NOT NULL
                """,
                paymentId))
        .isOne();
    assertRefused(
        "has already moved",
        """
        UPDATE merchant_credit SET sweep_posting_id = gen_random_uuid()
        WHERE payment_id = '%s'
        """
            .formatted(paymentId));
    assertRefused(
        "has already moved",
        "UPDATE merchant_credit SET sweep_posting_id = NULL WHERE payment_id = '%s'"
            .formatted(paymentId));
  }

  @Test
  void refusesSettlingWhatWasNotSweptOrWasReversed() {
    String paymentId = pay();
    assertRefused(
        "merchant_credit_swept_first",
        "UPDATE merchant_credit SET batch_id = 'b' WHERE payment_id = '%s'".formatted(paymentId));
    assertRefused(
        "merchant_credit_reversed_or_settled",
        """
        UPDATE merchant_credit
        SET sweep_posting_id = gen_random_uuid(), batch_id = 'b', reversed_at = now()
        WHERE payment_id = '%s'
        """
            .formatted(paymentId));
  }

  private static final String POSTING =
      "INSERT INTO posting VALUES ('%s', '%s', 'deposit', NULL, 'r', now())";
  private static final String ENTRY =
      "INSERT INTO entry VALUES ('%s', '%s', %d, 'o1', 'a1', %d, '%s')";

  private static String pay() {
    String payer = Pays.payerWith(1_000);
    PayRequest.Builder request = Pays.request(payer, "m1", 100);
    return Pays.pay(request).getPaymentId();
  }

  private void assertRefused(String what, String... statements) {
    assertThatThrownBy(() -> books.execute(statements))
        .satisfies(failure -> {
          Throwable cause = failure;
          while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
          }
          assertThat(cause).isInstanceOf(SQLException.class).hasMessageContaining(what);
        });
  }
}
