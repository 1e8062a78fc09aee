package io.tallystick.sandbox.story;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.api.clearing.v1.CheckLedgerResponse;
import io.tallystick.api.clearing.v1.RunSettlementResponse;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.operator.LedgerCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/// The day is closed, the merchants are paid, the ledger is proven.
final class SettlementChapter implements Chapter {
  private final ZoneId zone;

  /// @param zone where the platform's days begin and end
  SettlementChapter(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public String title() {
    return "Settlement, statements, the ledger's proof";
  }

  @Override
  public void play(Cast cast) {
    cast.narrator().step("The day is settled, merchant by merchant", () -> settle(cast));
    cast.narrator().step("Each merchant reads a statement", () -> statements(cast));
    cast.narrator()
        .step("Dora's bill shows when she tapped and when it was settled", () -> bill(cast));
    cast.narrator()
        .step(
            "Every posting sums to zero, every half is matched or listed as alone",
            () -> check(cast));
  }

  private void settle(Cast cast) {
    LocalDate today = LocalDate.now(zone);
    RunSettlementResponse settled = LedgerCommand.settle(cast.stage().description(), today, "");
    StoryFailure.unless(settled.getBatchesCount() >= 3, "fewer than three merchants settled");
    settled
        .getBatchesList()
        .forEach(batch ->
            cast.narrator()
                .tell(
                    "%-8s %2d payments, gross %s, returned %s, net %s",
                    batch.getMerchantId(),
                    batch.getPaymentCount(),
                    Amounts.text(batch.getGross()),
                    Amounts.text(batch.getReturned()),
                    Amounts.text(batch.getNet())));
    RunSettlementResponse again = LedgerCommand.settle(cast.stage().description(), today, "");
    StoryFailure.unlessEqual(
        settled.getBatchesList(), again.getBatchesList(), "settling the day again");
    cast.narrator().tell("settled again: nothing more");
  }

  private void statements(Cast cast) {
    LocalDate today = LocalDate.now(zone);
    for (Shop shop : List.of(cast.cafe(), cast.stall(), cast.bookshop())) {
      JsonElement statement = shop.statement("/statements?day=" + today);
      JsonElement lines = shop.statement("/statements/" + today + "/lines");
      for (JsonElement batch : statement.getAsJsonObject().getAsJsonArray("items")) {
        cast.narrator()
            .tell(
                "%s, %s: net %s in %d lines",
                shop.name(),
                today,
                amount(batch.getAsJsonObject().getAsJsonObject("net")),
                lines.getAsJsonObject().getAsJsonArray("items").size());
      }
    }
  }

  private static String amount(JsonObject money) {
    return Amounts.text(money.get("amountMinor").getAsLong(), money.get("currency").getAsString());
  }

  private static void bill(Cast cast) throws Exception {
    try (Payer dora = Payer.arrive(cast.stage(), "dora")) {
      JsonObject bill =
          Waiting.until(
              "dora's bill being settled",
              Duration.ofSeconds(20),
              () -> dora.bills("settled").stream().map(JsonElement::getAsJsonObject).findFirst());
      String settledAt = TapChapter.text(bill, "settledAt");
      StoryFailure.unless(!settledAt.isEmpty(), "the bill has no settlement time");
      cast.narrator()
          .tell(
              "%s: tapped at %s, settled at %s",
              TapChapter.text(bill, "paymentId"), TapChapter.text(bill, "occurredAt"), settledAt);
    }
  }

  private static void check(Cast cast) {
    CheckLedgerResponse check = LedgerCommand.check(cast.stage().description());
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    LedgerCommand.print(new PrintStream(text, true, StandardCharsets.UTF_8), check);
    cast.narrator().tell(text.toString(StandardCharsets.UTF_8));
    StoryFailure.unless(check.getSound(), "the ledger is not sound");
  }
}
