package io.tallystick.sandbox.soak.work;

import static io.tallystick.sandbox.soak.told.Line.UNKNOWN;

import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.tap.TapCard;
import io.tallystick.sandbox.soak.told.Line.What;
import io.tallystick.sandbox.soak.told.ToldJournal;
import io.tallystick.sandbox.story.Stage;
import io.tallystick.sdk.terminal.tap.TapOutcome;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.client.Balance;
import io.tallystick.sdk.wallet.client.Bill;
import io.tallystick.sdk.wallet.client.Bills;
import io.tallystick.sdk.wallet.client.HalfUpload;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.util.List;
import java.util.Optional;

/// What phones do beside showing codes: tap, send halves, and read at the end what became of
/// everything.
final class Wallets {
  private static final int PAGE = 200;

  private final ToldJournal journal;

  Wallets(ToldJournal journal) {
    this.journal = journal;
  }

  /// Holds the phone to a till once.
  void tap(int step, SoakPayer payer, Till till, long amountMinor) {
    journal.asks(step, What.TAP, "step-" + step, "payer", payer.id(), "amountMinor", amountMinor);
    TapCard card = payer.tapping().card();
    TapOutcome outcome = till.terminal().take(card::process, Money.of(amountMinor, Stage.CURRENCY));
    String subject = "step-" + step;
    String word;
    switch (outcome) {
      case TapOutcome.Accepted accepted -> {
        till.note(accepted.half());
        subject = accepted.half().serial().toString();
        word = "accepted";
      }
      case TapOutcome.Refused refused -> word = "refused:" + refused.status();
      case TapOutcome.Failed failed ->
          word = "failed:" + failed.failure() + failed.refusal().map(r -> ":" + r).orElse("");
      case TapOutcome.NotReady notReady -> word = "not-ready:" + notReady.reason();
    }
    journal.told(
        step,
        What.TAP,
        subject,
        "payer",
        payer.id(),
        "merchant",
        till.merchant(),
        "amountMinor",
        amountMinor,
        "outcome",
        word);
  }

  /// Sends the halves that wait; tells whether none is left.
  boolean upload(int step, SoakPayer payer) {
    List<KeptTap> waiting = payer.wallet().state().uploadable();
    waiting.forEach(
        tap -> journal.asks(step, What.HALF, tap.serial().toString(), "side", "wallet"));
    try {
      for (HalfUpload.Result result : payer.client().halves().uploadWaiting()) {
        told(step, result.tap().serial().toString(), outcome(result));
      }
    } catch (UnreachableException | ProblemException e) {
      waiting.forEach(tap -> told(step, tap.serial().toString(), UNKNOWN));
    }
    return payer.wallet().state().uploadable().isEmpty();
  }

  private static String outcome(HalfUpload.Result result) {
    return switch (result.tap().upload()) {
      case KeptTap.Upload.Accepted _ -> result.duplicate() ? "duplicate" : "accepted";
      case KeptTap.Upload.Conflict _ -> "conflict";
      case KeptTap.Upload.Refused refused -> "refused:" + refused.reason();
      case KeptTap.Upload.Waiting _ -> UNKNOWN;
    };
  }

  private void told(int step, String serial, String outcome) {
    journal.told(step, What.HALF, serial, "side", "wallet", "outcome", outcome);
  }

  /// Reads all bills and balances of a payer.
  void readOut(SoakPayer payer) {
    Optional<String> cursor = Optional.empty();
    do {
      Bills.Page page = payer.client().bills().page(PAGE, cursor);
      page.bills().forEach(bill -> told(payer, bill));
      cursor = page.next();
    } while (cursor.isPresent());
    for (Balance balance : payer.client().bills().balances()) {
      journal.told(
          0,
          What.BALANCE,
          payer.id(),
          "availableMinor",
          balance.available().amountMinor(),
          "heldMinor",
          balance.held().amountMinor(),
          "arrearsMinor",
          balance.arrears().amountMinor(),
          "allowanceMinor",
          balance.allowances().stream().mapToLong(a -> a.left().amountMinor()).sum(),
          "allowanceHeldMinor",
          balance.allowances().stream().mapToLong(a -> a.held().amountMinor()).sum());
    }
  }

  private void told(SoakPayer payer, Bill bill) {
    journal.told(
        0,
        What.BILL,
        bill.paymentId(),
        "payer",
        payer.id(),
        "merchant",
        bill.merchantId(),
        "kind",
        bill.kind(),
        "state",
        bill.state(),
        "amountMinor",
        bill.amount().amountMinor(),
        "refundedMinor",
        bill.refunded().amountMinor(),
        "halves",
        bill.halves().orElse(""));
  }
}
