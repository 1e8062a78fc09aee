package io.tallystick.sandbox.cli.risk;

import static io.tallystick.sandbox.cli.merchant.PlainJson.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.Amounts;
import io.tallystick.sandbox.cli.CommandFailure;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.cli.OutputOptions;
import io.tallystick.sandbox.cli.SdkCommand;
import io.tallystick.sandbox.cli.login.RoleOptions;
import io.tallystick.sandbox.cli.merchant.PlainJson;
import io.tallystick.sandbox.platform.PlatformDescription;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Why a payment was decided as it was.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows why a payment was cleared, frozen or refused: each rule, the figures it looked at, what it compared them"
          + " with, and the payments that made it answer.",
      "Exit status: 0 explained, 1 never decided or not allowed, 3 not reached."
    })
final class ExplainCommand extends SdkCommand {
  @Mixin private RoleOptions officer;
  @Mixin private OutputOptions output;

  @Parameters(paramLabel = "PAYMENT", description = "pay_… or tap_…")
  private String paymentId;

  @Option(names = "--all", description = "Also the rules that had nothing against it.")
  private boolean all;

  @Override
  protected int run() {
    if (!paymentId.matches("[A-Za-z0-9_-]{1,64}")) {
      throw CommandFailure.usage("no payment id: " + paymentId);
    }
    JsonObject detail =
        officer
            .connect("risk-officer", PlatformDescription.RestAddresses::riskService)
            .get("/v1/decisions/" + paymentId)
            .getAsJsonObject();
    output.print(PlainJson.of(detail), out -> print(out, detail));
    return ExitStatus.OK;
  }

  private void print(PrintStream out, JsonObject detail) {
    JsonObject decision = detail.getAsJsonObject("decision");
    out.printf(
        "%s  %s  %s of payer %s at %s/%s%n",
        text(decision, "paymentId"),
        text(decision, "outcome").toUpperCase(Locale.ROOT),
        Amounts.text(decision.get("amountMinor").getAsLong(), text(decision, "currency")),
        text(decision, "payerId"),
        text(decision, "merchantId"),
        text(decision, "terminalId"));
    out.printf(
        "  %s, paid %s, decided %s, thresholds %s%n",
        text(decision, "way"),
        text(decision, "paidAt"),
        text(decision, "decidedAt"),
        text(decision, "thresholdsVersion"));
    int quiet = 0;
    for (JsonElement element : detail.getAsJsonArray("findings")) {
      JsonObject finding = element.getAsJsonObject();
      if (all || !text(finding, "explanation").isEmpty()) {
        printFinding(out, finding);
      } else {
        quiet++;
      }
    }
    if (quiet > 0) {
      out.printf("%n%d rules have nothing against it (--all shows them)%n", quiet);
    }
  }

  private static void printFinding(PrintStream out, JsonObject finding) {
    out.printf("%n%-12s %s%n", text(finding, "rule"), text(finding, "outcome"));
    if (!text(finding, "explanation").isEmpty()) {
      out.println("  " + text(finding, "explanation"));
    }
    printFacts(out, "looked at ", finding.getAsJsonObject("inputs"));
    printFacts(out, "thresholds", finding.getAsJsonObject("thresholds"));
    JsonArray payments = finding.getAsJsonArray("paymentIds");
    if (!payments.isEmpty()) {
      out.println(
          "  payments    "
              + String.join(
                  ", ", payments.asList().stream().map(JsonElement::getAsString).toList()));
    }
    if (finding.has("waivedBy")) {
      out.println("  set aside by the passed challenge of " + text(finding, "waivedBy"));
    }
  }

  private static void printFacts(PrintStream out, String what, JsonObject facts) {
    facts
        .entrySet()
        .forEach(fact ->
            out.printf("  %s  %-36s %s%n", what, fact.getKey(), fact.getValue().getAsString()));
  }
}
