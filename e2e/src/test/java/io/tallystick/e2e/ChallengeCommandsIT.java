package io.tallystick.e2e;

import static io.tallystick.e2e.Commands.expect;
import static io.tallystick.e2e.Commands.join;
import static io.tallystick.e2e.Commands.json;
import static io.tallystick.e2e.Commands.ok;
import static io.tallystick.e2e.Payers.awaitCleared;
import static io.tallystick.e2e.Payers.frozen;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.tallystick.sandbox.cli.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A frozen payment, from three taps to its release, with the commands a person types.
class ChallengeCommandsIT {
  private static final Path FOLDER = RunningPlatform.folder("challenge-commands");
  private static final String TERMINAL = FOLDER.resolve("stand.terminal").toString();

  @BeforeAll
  static void setUp() throws Exception {
    Files.createDirectories(FOLDER);
    ok("terminal", "setup", "--terminal", TERMINAL, "--merchant", "STAND-4", "--id", "S1");
  }

  @Test
  void answersBySms() throws Exception {
    String wallet = Payers.enrolled(FOLDER, "quinn", "secret", "739164");
    ok("wallet", "contact", "--wallet", wallet);
    JsonObject asked = frozen(wallet, TERMINAL);
    assertThat(asked.getAsJsonArray("reasons")).isNotEmpty();
    String[] answer = {
      "wallet", "answer", asked.get("challengeId").getAsString(), "--wallet", wallet
    };
    assertThat(json(answer).get("methods").toString()).contains("sms");
    ok(join(answer, "--send-sms"));
    String code = Payers.smsCode(wallet);
    String wrong = code.equals("000000") ? "000001" : "000000";
    assertThat(expect(ExitStatus.REFUSED, join(answer, "--sms", wrong)).text()).contains("wrong");
    assertThat(ok(join(answer, "--sms", code))).contains("passed");
    awaitCleared(wallet, asked.get("paymentId").getAsString());
  }

  @Test
  void answersByFace() throws Exception {
    String wallet = Payers.enrolled(FOLDER, "rosa", "secret", "739164");
    ok("wallet", "face", "--wallet", wallet);
    JsonObject asked = frozen(wallet, TERMINAL);
    String challenge = asked.get("challengeId").getAsString();
    assertThat(ok("wallet", "answer", challenge, "--wallet", wallet, "--face")).contains("passed");
    awaitCleared(wallet, asked.get("paymentId").getAsString());
  }
}
