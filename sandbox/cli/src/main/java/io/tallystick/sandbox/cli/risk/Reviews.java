package io.tallystick.sandbox.cli.risk;

import static io.tallystick.sandbox.cli.merchant.PlainJson.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.Amounts;
import java.io.PrintStream;
import java.util.Locale;

/// Payments under review, as people read them.
final class Reviews {
  private Reviews() {}

  static void print(PrintStream out, JsonObject payment) {
    out.printf(
        "%s  %s  %s of payer %s at %s/%s since %s%n",
        text(payment, "paymentId"),
        text(payment, "state").toUpperCase(Locale.ROOT),
        Amounts.text(payment.get("amountMinor").getAsLong(), text(payment, "currency")),
        text(payment, "payerId"),
        text(payment, "merchantId"),
        text(payment, "terminalId"),
        text(payment, "since"));
    for (JsonElement reason : payment.getAsJsonArray("reasons")) {
      out.printf(
          "  %-18s %s%n",
          text(reason.getAsJsonObject(), "rule"), text(reason.getAsJsonObject(), "explanation"));
    }
    for (JsonElement element : payment.getAsJsonArray("decisions")) {
      JsonObject decision = element.getAsJsonObject();
      out.printf(
          "  %-8s by %s at %s: %s%n",
          text(decision, "decision"),
          text(decision, "officer"),
          text(decision, "decidedAt"),
          text(decision, "explanation"));
    }
    if (isWaiting(payment)) {
      int needed = payment.get("officersNeeded").getAsInt();
      out.printf(
          needed == 1 ? "  one officer decides%n" : "  %d officers must decide alike%n", needed);
    }
  }

  static boolean isWaiting(JsonObject payment) {
    String state = text(payment, "state");
    return state.equals("frozen") || state.equals("awaiting-payer");
  }
}
