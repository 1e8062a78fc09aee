package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.expect;
import static io.tallystick.e2e.Commands.join;
import static io.tallystick.e2e.Commands.json;
import static io.tallystick.e2e.Commands.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.ExitStatus;
import io.tallystick.sandbox.story.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A frozen payment, from three taps to its release, with the commands a person types.
class ChallengeCommandsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern SMS_CODE = Pattern.compile("\\b[0-9]{6}\\b");
  private static final Path FOLDER = RunningPlatform.folder("challenge-commands");
  private static final String TERMINAL = FOLDER.resolve("stand.terminal").toString();

  @BeforeAll
  static void setUp() throws Exception {
    Files.createDirectories(FOLDER);
    ok("terminal", "setup", "--terminal", TERMINAL, "--merchant", "STAND-4", "--id", "S1");
  }

  @Test
  void answersBySms() throws Exception {
    String wallet = enrolled("quinn");
    ok("wallet", "contact", "--wallet", wallet);
    JsonObject asked = frozen(wallet);
    assertThat(asked.getAsJsonArray("reasons")).isNotEmpty();
    String[] answer = {
      "wallet", "answer", asked.get("challengeId").getAsString(), "--wallet", wallet
    };
    assertThat(json(answer).get("methods").toString()).contains("sms");
    ok(join(answer, "--send-sms"));
    String code = smsCode(wallet);
    String wrong = code.equals("000000") ? "000001" : "000000";
    assertThat(expect(ExitStatus.REFUSED, join(answer, "--sms", wrong)).text()).contains("wrong");
    assertThat(ok(join(answer, "--sms", code))).contains("passed");
    cleared(wallet, asked.get("paymentId").getAsString());
  }

  @Test
  void answersByFace() throws Exception {
    String wallet = enrolled("rosa");
    ok("wallet", "face", "--wallet", wallet);
    JsonObject asked = frozen(wallet);
    String challenge = asked.get("challengeId").getAsString();
    assertThat(ok("wallet", "answer", challenge, "--wallet", wallet, "--face")).contains("passed");
    cleared(wallet, asked.get("paymentId").getAsString());
  }

  private static String enrolled(String user) {
    String wallet = FOLDER.resolve(user + ".wallet").toString();
    ok("bank", "deposit", "--payer", user, "--amount", "500.00");
    String[] login = {"--wallet", wallet, "--user", user, "--user-password=secret"};
    ok(join(new String[] {"wallet", "password", "set", "--new=739164"}, login));
    ok(join(new String[] {"wallet", "enrol", "--payment-password=739164"}, login));
    return wallet;
  }

  /// The inbox item that asks the payer, after three taps within ten seconds.
  private static JsonObject frozen(String wallet) throws Exception {
    for (String amount : new String[] {"3.00", "4.00", "5.00"}) {
      ok("wallet", "tap", "--wallet", wallet, "--terminal", TERMINAL, "--amount", amount);
    }
    ok("terminal", "upload", "--terminal", TERMINAL);
    return Waiting.until(
        "a challenge in the inbox",
        LIMIT,
        () -> {
          JsonArray items = json("wallet", "inbox", "--wallet", wallet).getAsJsonArray("items");
          return items.asList().stream()
              .map(JsonElement::getAsJsonObject)
              .filter(item -> item.has("challengeId"))
              .findFirst();
        });
  }

  private static String smsCode(String wallet) throws Exception {
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

  private static void cleared(String wallet, String paymentId) throws Exception {
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
