package io.tallystick.sdk.wallet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.tallystick.sdk.wallet.MemoryWalletStore;
import io.tallystick.sdk.wallet.TestIssuer;
import io.tallystick.sdk.wallet.TestTime;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.ScriptedServer;
import io.tallystick.sdk.wallet.http.ScriptedServer.Reply;
import io.tallystick.sdk.wallet.passkey.Passkey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChallengesIT {
  private final TestTime time = new TestTime(Instant.parse("2026-03-01T12:00:00Z"));
  private ScriptedServer server;
  private Challenges challenges;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"sub\":\"payer-1\"}".getBytes(StandardCharsets.UTF_8));
    challenges =
        WalletClient.connect(
                Wallet.open(new MemoryWalletStore(), time.walletTime()),
                JdkHttpTransport.create(),
                new PlatformAddresses(server.base(), server.base(), server.base(), server.base()),
                PayerSession.of(() -> "e30." + claims + ".x"),
                new TestIssuer().root())
            .challenges();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keepsItsPasskeyWhenAnotherIsRefused() {
    Passkey first = registered();
    server.then(registrationOptions()).then(Reply.problem(409, "too-many-passkeys", "no more"));
    assertThatThrownBy(this::register).isInstanceOf(ProblemException.class);

    assertThat(answeredWith(first.credentialId())).isEqualTo(first.credentialId());
  }

  @Test
  void answersWithThePasskeyWhoseRegistrationWasNotAnswered() {
    registered();
    String[] second = {""};
    server
        .then(registrationOptions())
        .then(asked -> {
          second[0] =
              JsonParser.parseString(asked.body()).getAsJsonObject().get("id").getAsString();
          return Reply.problem(500, "internal", "after all was done");
        });
    assertThatThrownBy(this::register).isInstanceOf(RuntimeException.class);

    assertThat(answeredWith(second[0])).isEqualTo(second[0]);
    assertThat(answeredWith(second[0])).isEqualTo(second[0]);
  }

  private Passkey registered() {
    server.then(registrationOptions()).then(Reply.json(201, "{}"));
    return register();
  }

  private Passkey register() {
    return challenges.registerPasskey(Optional.empty(), true);
  }

  /** The passkey that answered when the platform knows this one. */
  private String answeredWith(String known) {
    server
        .then(
            Reply.json(
                200,
                "{\"rpId\":\"wallet.example\",\"challenge\":\"Y2g\",\"allowCredentials\":[{\"id\":\"%s\"}]}"
                    .formatted(known)))
        .then(
            Reply.json(
                200,
                """
                {"outcome":"passed","challenge":{"challengeId":"c-1","paymentId":"p-1",
                 "merchantId":"m-1","amount":{"amountMinor":100,"currency":"CNY"},
                 "state":"passed","methods":[],"reasons":[],"expiresAt":"2026-03-01T12:05:00Z"}}
                """));
    assertThat(challenges.answerFace("c-1", Optional.empty(), true).passed()).isTrue();
    return JsonParser.parseString(server.asked().get(server.asked().size() - 1).body())
        .getAsJsonObject()
        .get("id")
        .getAsString();
  }

  private static Reply registrationOptions() {
    return Reply.json(
        200,
        """
        {"rp":{"id":"wallet.example"},"user":{"id":"dXNlcg"},"challenge":"Y2g",
         "pubKeyCredParams":[{"type":"public-key","alg":-7}]}
        """);
  }
}
