package io.tallystick.clearing.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.clearing.v1.CheckLedgerRequest;
import io.tallystick.api.clearing.v1.CheckLedgerResponse;
import io.tallystick.api.clearing.v1.LedgerFinding;
import io.tallystick.api.clearing.v1.PayRequest;
import io.tallystick.api.clearing.v1.RefundRequest;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.clearing.Books;
import io.tallystick.clearing.Grpc;
import io.tallystick.clearing.Pays;
import io.tallystick.clearing.Taps;
import io.tallystick.clearing.Taps.Tap;
import io.tallystick.clearing.settlement.SettlementService;
import io.tallystick.clearing.sweep.SweepService;
import io.tallystick.sandbox.base.TallystickTestResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The check finds what is broken behind the service's back, and says which invariant and what.
@QuarkusTest
@WithTestResource(
    value = TallystickTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "clearing"))
class LedgerCheckIT {
  @Inject Books books;
  @Inject Taps taps;
  @Inject SweepService sweeps;
  @Inject SettlementService settlements;

  private String payer = "";
  private String merchant = "";
  private PayRequest.Builder paid = PayRequest.newBuilder();

  @BeforeEach
  void makeSomething() {
    payer = Pays.payerWith(10_000);
    merchant = Pays.freshMerchant();
    paid = Pays.request(payer, merchant, 100);
    Pays.pay(paid);
    Pays.pay(Pays.stepUp(payer, merchant, 200));
    Tap tap = Taps.tap(payer, Taps.freshDevice(), 1, merchant, 50);
    taps.deliver(tap.half(TapSide.TAP_SIDE_WALLET));
    sweeps.sweepAll();
  }

  @Test
  void aLedgerInOrderIsSound() {
    CheckLedgerResponse response = check();
    assertThat(response.getFindingsList()).isEmpty();
    assertThat(response.getSound()).isTrue();
    assertThat(response.getPayments()).isGreaterThanOrEqualTo(3);
    assertThat(response.getHalvesAlone()).isPositive();
    assertThat(response.getEntries()).isGreaterThanOrEqualTo(2 * response.getPostings());
    long bank = books.number("SELECT sum(posted_minor) FROM account WHERE kind = 'bank'");
    assertThat(response.getInSystem(0).getAmountMinor()).isEqualTo(-bank);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "account_balance | UPDATE account SET posted_minor = posted_minor %+d WHERE account_id = 'payer:%s:available:CNY'",
        "in_system | UPDATE account SET posted_minor = posted_minor %+d WHERE account_id = 'payer:%s:available:CNY'",
        "account_held | UPDATE account SET held_minor = held_minor %+d WHERE account_id = 'payer:%s:available:CNY'",
        "payment_moved | UPDATE payment SET amount_minor = amount_minor %+d WHERE payer_id = '%s' AND state = 'paid'",
        "payment_held | UPDATE payment SET amount_minor = amount_minor %+d WHERE payer_id = '%s' AND state = 'awaiting-payer'",
        "payment_refunded | UPDATE payment SET refunded_minor = refunded_minor %+d WHERE payer_id = '%s' AND state = 'paid'",
        "payment_history | UPDATE payment SET revision = revision %+d WHERE payer_id = '%s' AND state = 'paid'",
        "payment_credit | UPDATE merchant_credit SET amount_minor = amount_minor %+d WHERE payer_id = '%s'",
        "sweep_sum | UPDATE merchant_credit SET amount_minor = amount_minor %+d WHERE payer_id = '%s'",
        "payable_balance | UPDATE merchant_credit SET amount_minor = amount_minor %+d WHERE payer_id = '%s'"
      })
  void findsAWrongNumber(String check, String statement) {
    books.execute(statement.formatted(7, payer));
    List<LedgerFinding> found = check().getFindingsList();
    books.execute(statement.formatted(-7, payer));
    assertThat(found).extracting(LedgerFinding::getCheck).contains(check);
    assertThat(found).allSatisfy(f -> assertThat(f.getExplanation()).isNotEmpty());
    assertThat(check().getSound()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hold_orphaned | UPDATE payment SET state = '%s' WHERE payer_id = '%s' AND instrument_kind <> 'tap' AND state IN ('awaiting-payer', 'closed') | closed | awaiting-payer",
        "half_state | UPDATE tap SET halves_state = '%s' WHERE payer_id = '%s' | matched | wallet-only",
        "instrument_once | UPDATE payment SET instrument_id = '%s' WHERE payer_id = '%s' AND state IN ('paid', 'awaiting-payer') | code:one | "
      })
  void findsAWrongState(String check, String statement, String wrong, String right) {
    String codes =
        "UPDATE payment SET instrument_id = 'code:' || payment_id WHERE payer_id = '%s' AND instrument_kind <> 'tap'";
    books.execute(statement.formatted(wrong, payer));
    List<LedgerFinding> found = check().getFindingsList();
    books.execute(right == null ? codes.formatted(payer) : statement.formatted(right, payer));
    assertThat(found).extracting(LedgerFinding::getCheck).contains(check);
    assertThat(check().getSound()).isTrue();
  }

  @Test
  void findsMoneyLeftInABucket() {
    Pays.pay(Pays.request(payer, merchant, 30));
    String hide =
        "UPDATE merchant_credit SET amount_minor = amount_minor %+d WHERE payer_id = '%s' AND sweep_posting_id IS NULL";
    books.execute(hide.formatted(-7, payer));
    List<LedgerFinding> found = check().getFindingsList();
    books.execute(hide.formatted(7, payer));
    assertThat(found).extracting(LedgerFinding::getCheck).contains("bucket_balance");
    assertThat(check().getSound()).isTrue();
  }

  @Test
  void findsARefundThatNoBatchDeducted() {
    Grpc.clearing("verify")
        .refund(
            RefundRequest.newBuilder()
                .setPaymentId(paid.getPaymentId())
                .setPayerId(payer)
                .setMerchantId(merchant)
                .setRefundId(Pays.fresh("refund"))
                .setAmount(Pays.cny(40))
                .build());
    settlements.settle(settlements.today(), Optional.of(merchant));
    assertThat(check().getSound()).isTrue();
    String more = "UPDATE refund SET amount_minor = amount_minor %+d WHERE merchant_id = '%s'";
    books.execute(more.formatted(7, merchant));
    List<LedgerFinding> found = check().getFindingsList();
    books.execute(more.formatted(-7, merchant));
    assertThat(found)
        .filteredOn(finding -> finding.getCheck().equals("batch_carry"))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.getExplanation())
                .isEqualTo("given back 47, deducted 40, still to deduct 0"));
  }

  private static CheckLedgerResponse check() {
    return Grpc.admin().checkLedger(CheckLedgerRequest.getDefaultInstance());
  }
}
