package io.tallystick.sandbox.story;

import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sdk.terminal.platform.TapUploader;
import io.tallystick.sdk.terminal.tap.TapOutcome;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.client.HalfUpload;
import java.util.List;

/// Both sides offline; the halves come in whatever order, or alone.
final class TapChapter implements Chapter {
  @Override
  public String title() {
    return "Tap, with both sides offline";
  }

  @Override
  public void play(Cast cast) {
    Narrator narrator = cast.narrator();
    narrator.step(
        "Dora taps; the stall comes online first, then she does", () -> terminalFirst(cast));
    narrator.step(
        "Erin taps; her phone comes online first, then the stall", () -> walletFirst(cast));
    narrator.step("Only the stall ever comes online", () -> terminalOnly(cast));
    narrator.step("Only the phone ever comes online", () -> walletOnly(cast));
  }

  private static void terminalFirst(Cast cast) throws Exception {
    try (Payer dora = cast.readyPayer("dora")) {
      String paymentId = tap(cast, dora, "18.40");
      requireAccepted(cast.stall().upload(), paymentId);
      JsonObject bill = clearedBill(cast, dora, paymentId);
      cast.narrator().tell("the stall uploaded its half: %s", bill.get("state").getAsString());
      cast.narrator().tell("dora reads: %s", dora.told(paymentId, "cleared").text());
      cast.desk().told(paymentId, "cleared");
      uploadWallet(dora);
      awaitHalves(cast, dora, paymentId, "matched");
      cast.narrator()
          .tell("tapped at %s, cleared at %s", text(bill, "occurredAt"), text(bill, "clearedAt"));
    }
  }

  private static void walletFirst(Cast cast) throws Exception {
    try (Payer erin = cast.readyPayer("erin")) {
      String paymentId = tap(cast, erin, "6.00");
      uploadWallet(erin);
      clearedBill(cast, erin, paymentId);
      cast.narrator().tell("her half alone cleared it");
      awaitHalves(cast, erin, paymentId, "wallet-only");
      requireAccepted(cast.stall().upload(), paymentId);
      awaitHalves(cast, erin, paymentId, "matched");
    }
  }

  private static void terminalOnly(Cast cast) throws Exception {
    try (Payer fay = cast.readyPayer("fay")) {
      String paymentId = tap(cast, fay, "2.20");
      requireAccepted(cast.stall().upload(), paymentId);
      clearedBill(cast, fay, paymentId);
      awaitHalves(cast, fay, paymentId, "terminal-only");
    }
  }

  private static void walletOnly(Cast cast) throws Exception {
    try (Payer gus = cast.readyPayer("gus")) {
      String paymentId = tap(cast, gus, "4.10");
      uploadWallet(gus);
      clearedBill(cast, gus, paymentId);
      awaitHalves(cast, gus, paymentId, "wallet-only");
    }
    // The stall's half stays where it is until the last chapter's reconciliation has listed this
    // one as alone.
  }

  static String tap(Cast cast, Payer payer, String amount) {
    TapOutcome.Accepted accepted = cast.stall().acceptedTap(payer, amount);
    String serial = accepted.half().serial().toString();
    StoryFailure.unless(accepted.receiptDelivered(), "the wallet did not get its receipt");
    cast.narrator()
        .tell(
            "%s taps %s at %s, offline: token %s, %s, %s left of the allowance",
            payer.name(),
            accepted.half().token().body().amount(),
            cast.stall().name(),
            serial,
            accepted.cover(),
            Amounts.text(
                accepted.half().token().body().allowanceLeftMinor(),
                accepted.half().token().body().amount().currency()));
    return "tap_" + serial;
  }

  static void requireAccepted(List<TapUploader.Result> results, String paymentId) {
    boolean there =
        results.stream()
            .anyMatch(result ->
                result instanceof TapUploader.Result.Accepted accepted
                    && accepted.paymentId().equals(paymentId));
    StoryFailure.unless(there, paymentId + " was not accepted: " + results);
  }

  static void uploadWallet(Payer payer) {
    for (HalfUpload.Result result : payer.client().halves().uploadWaiting()) {
      StoryFailure.unless(
          result.tap().upload() instanceof KeptTap.Upload.Accepted,
          "the wallet's half was not accepted: " + result.tap().upload());
    }
  }

  static JsonObject clearedBill(Cast cast, Payer payer, String paymentId) throws Exception {
    return payer.bill(
        paymentId, bill -> text(bill, "state").equals("cleared"), paymentId + " being cleared");
  }

  static void awaitHalves(Cast cast, Payer payer, String paymentId, String state) throws Exception {
    payer.bill(
        paymentId, bill -> text(bill, "halves").equals(state), paymentId + " being " + state);
    cast.narrator().tell("halves: %s", state);
  }

  static String text(JsonObject object, String member) {
    return object.has(member) && !object.get(member).isJsonNull()
        ? object.get(member).getAsString()
        : "";
  }
}
