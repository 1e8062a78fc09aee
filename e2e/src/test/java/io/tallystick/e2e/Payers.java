package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.join;
import static io.tallystick.e2e.Commands.json;
import static io.tallystick.e2e.Commands.ok;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.story.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What several tests let a payer do, by command.
final class Payers {
  static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern SMS_CODE = Pattern.compile("\\b[0-9]{6}\\b");

  private Payers() {}

  /// Gives a new payer money and an enrolled wallet; returns the wallet's file.
  static String enrolled(Path folder, String user, String userPassword, String paymentPassword) {
    String wallet = folder.resolve(user + ".wallet").toString();
    ok("bank", "deposit", "--payer", user, "--amount", "500.00");
    String[] login = {"--wallet", wallet, "--user", user, "--user-password=" + userPassword};
    ok(join(new String[] {"wallet", "password", "set", "--new=" + paymentPassword}, login));
    ok(join(new String[] {"wallet", "enrol", "--payment-password=" + paymentPassword}, login));
    return wallet;
  }

  /// The inbox item that asks the payer, after three taps within ten seconds.
  static JsonObject frozen(String wallet, String terminal) throws Exception {
    return frozen(wallet, terminal, 1).getFirst();
  }

  /// The inbox items that ask the payer, after two taps more than that within ten seconds.
  static List<JsonObject> frozen(String wallet, String terminal, int payments) throws Exception {
    for (int tap = 0; tap < payments + 2; tap++) {
      String amount = (3 + tap) + ".00";
      ok("wallet", "tap", "--wallet", wallet, "--terminal", terminal, "--amount", amount);
    }
    ok("terminal", "upload", "--terminal", terminal);
    return Waiting.until(
        payments + " challenges in the inbox",
        LIMIT,
        () -> {
          JsonArray items = json("wallet", "inbox", "--wallet", wallet).getAsJsonArray("items");
          List<JsonObject> asking =
              items.asList().stream()
                  .map(JsonElement::getAsJsonObject)
                  .filter(item -> item.has("challengeId"))
                  .toList();
          return Optional.of(asking).filter(found -> found.size() >= payments);
        });
  }

  /// The code of the newest message on the payer's phone.
  static String smsCode(String wallet) throws Exception {
    return Waiting.until(
        "an SMS with a code",
        LIMIT,
        () -> {
          JsonArray messages = json("wallet", "sms", "--wallet", wallet).getAsJsonArray("messages");
          if (messages.isEmpty()) {
            return Optional.empty();
          }
          JsonElement newest = messages.get(messages.size() - 1);
          Matcher code = SMS_CODE.matcher(newest.getAsJsonObject().get("text").getAsString());
          return code.find() ? Optional.of(code.group()) : Optional.empty();
        });
  }

  /// Waits until a bill of the payer's says that the payment is cleared.
  static void awaitCleared(String wallet, String paymentId) throws Exception {
    Waiting.until(
        "the payment being cleared",
        LIMIT,
        () ->
            json("wallet", "bills", "--wallet", wallet).getAsJsonArray("bills").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(bill -> bill.get("paymentId").getAsString().equals(paymentId))
                .filter(bill -> bill.get("state").getAsString().equals("cleared"))
                .findFirst());
  }
}
