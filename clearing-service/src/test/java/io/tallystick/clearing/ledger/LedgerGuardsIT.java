package io.tallystick.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.payment.ReturnService;
import io.tallystick.clearing.settlement.SettlementService;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The database itself refuses what the code would never do.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class LedgerGuardsIT {
  @Inject Books books;
  @Inject SweepService sweeps;
  @Inject SettlementService settlements;
  @Inject ReturnService returns;

  private final String merchant = Pays.freshMerchant();

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
  void refusesSettlingWhatWasNotSwept() {
    String paymentId = pay();
    assertRefused(
        "merchant_credit_swept_first",
        "UPDATE merchant_credit SET batch_id = 'b' WHERE payment_id = '%s'".formatted(paymentId));
  }

  @Test
  void refusesTakingACreditOutOfItsBatchOrReversalBack() {
    String settled = pay();
    settle();
    for (String batch : new String[] {"'other'", "NULL"}) {
      assertRefused(
          "has already moved",
          "UPDATE merchant_credit SET batch_id = %s, settled_at = NULL WHERE payment_id = '%s'"
              .formatted(batch, settled));
    }
    String reversed = reversed();
    for (String at : new String[] {"NULL", "now() + interval '1 day'"}) {
      assertRefused(
          "has already moved",
          "UPDATE merchant_credit SET reversed_at = %s WHERE payment_id = '%s'"
              .formatted(at, reversed));
    }
  }

  @Test
  void refusesSettlingWhatWasReversed() {
    sweeps.sweepAll();
    String reversed = reversed();
    assertRefused(
        "merchant_credit_reversed_or_settled",
        """
        UPDATE merchant_credit SET sweep_posting_id = gen_random_uuid(), batch_id = 'b'
        WHERE payment_id = '%s'
        """
            .formatted(reversed));
  }

  @Test
  void refusesGivingBackMoreThanWasPaid() {
    String paymentId = pay();
    assertRefused(
        "payment_refunded",
        "UPDATE payment SET refunded_minor = amount_minor + 1 WHERE payment_id = '%s'"
            .formatted(paymentId));
    assertRefused(
        "merchant_credit_returned",
        "UPDATE merchant_credit SET returned_minor = amount_minor + 1 WHERE payment_id = '%s'"
            .formatted(paymentId));
  }

  @Test
  void refusesAnotherFigureOfAClosedBatch() {
    pay();
    settle();
    String batch =
        books
            .texts(
                "SELECT batch_id FROM settlement_batch WHERE merchant_id = ? AND closed_at IS NOT NULL",
                merchant)
            .getFirst();
    for (String change :
        new String[] {
          "UPDATE settlement_batch SET payment_count = payment_count + 1",
          "UPDATE settlement_batch SET closed_at = NULL",
          "DELETE FROM settlement_batch"
        }) {
      assertRefused("is closed", change + " WHERE batch_id = '" + batch + "'");
    }
  }

  @Test
  void refusesASecondBatchThatTakesUpTheSameCarry() {
    String closed =
        "INSERT INTO settlement_batch (merchant_id, day, currency, batch_id, opened_at, closed_at,"
            + " closing) VALUES ('%1$s', '2020-01-0%2$d', 'CNY', 'b-%1$s-%2$d', now(), now(), %3$s)";
    assertRefused(
        "settlement_batch_closing",
        closed.formatted(merchant, 1, "7"),
        closed.formatted(merchant, 2, "7"));
    assertRefused("settlement_batch_counted", closed.formatted(merchant, 3, "NULL"));
  }

  @Test
  void refusesABatchWhoseFiguresDoNotAddUp() {
    String open =
        "INSERT INTO settlement_batch (merchant_id, day, currency, batch_id, gross_minor,"
            + " returned_minor, net_minor, opened_at, closed_at, closing) VALUES ('%s', '2020-01-01', 'CNY',"
            + " 'b-%s', %d, %d, %d, now(), now(), 1)";
    assertRefused("settlement_batch_net", open.formatted(merchant, merchant, 100, 30, 71));
    assertRefused(
        "settlement_batch_not_negative", open.formatted(merchant, merchant, 30, 100, -70));
  }

  private void settle() {
    settlements.settle(settlements.today(), Optional.of(merchant));
  }

  private String reversed() {
    String payer = Pays.payerWith(1_000);
    String paymentId = Pays.pay(Pays.request(payer, merchant, 100)).getPaymentId();
    returns.reverse(payer, paymentId, merchant);
    return paymentId;
  }

  private static final String POSTING =
      "INSERT INTO posting VALUES ('%s', '%s', 'deposit', NULL, 'r', now())";
  private static final String ENTRY =
      "INSERT INTO entry VALUES ('%s', '%s', %d, 'o1', 'a1', %d, '%s')";

  private String pay() {
    String payer = Pays.payerWith(1_000);
    PayRequest.Builder request = Pays.request(payer, merchant, 100);
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
