package io.tallystick.sdk.wallet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.protocol.code.Alias;
import io.tallystick.protocol.code.Seed;
import io.tallystick.protocol.crypto.Sm2PublicKey;
import io.tallystick.protocol.crypto.Sm2Signature;
import io.tallystick.protocol.model.DeviceId;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.MemoryWalletStore;
import io.tallystick.sdk.wallet.TestIssuer;
import io.tallystick.sdk.wallet.TestTime;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.code.CodeView;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import io.tallystick.sdk.wallet.http.ProblemException;
import io.tallystick.sdk.wallet.http.ScriptedServer;
import io.tallystick.sdk.wallet.http.ScriptedServer.Asked;
import io.tallystick.sdk.wallet.http.ScriptedServer.Reply;
import io.tallystick.sdk.wallet.http.UnreachableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DevicesIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final TestIssuer issuer = new TestIssuer();
  private final MemoryWalletStore store = new MemoryWalletStore();
  private final TestTime time = new TestTime(NOON.plusSeconds(900));
  private final DeviceId device = DeviceId.generate(random);
  private final Seed seed = Seed.generate(random);
  private ScriptedServer server;
  private Wallet wallet;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    wallet = Wallet.open(store, time.walletTime());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void enrolsWithAProofThatTheServerCanCheck() {
    server.then(challenge()).then(this::enrolled);
    Enrolment enrolment = client(issuer.root()).devices().enrol("phone", "739164");

    Asked asked = server.asked().get(1);
    JsonObject body = JsonParser.parseString(asked.body()).getAsJsonObject();
    String message =
        String.join(
            "\n",
            "tallystick/device-enrolment/v1",
            "payer-1",
            "Y2hhbGxlbmdl",
            body.get("devicePublicKey").getAsString(),
            asked.headers().get("Idempotency-Key"));
    assertThat(
            enrolment
                .deviceKey()
                .publicKey()
                .verify(
                    message.getBytes(StandardCharsets.UTF_8),
                    Sm2Signature.of(bytes(body, "proofOfPossession"))))
        .isTrue();
    assertThat(wallet.state().enrolment().seed()).isEqualTo(seed);
    assertThat(wallet.state().pending()).isNull();
    assertThat(wallet.state().tapUse().allowanceLeftMinor()).isEqualTo(20_000);
    // The device's clock is a quarter of an hour ahead; the server's word counts.
    assertThat(wallet.now()).isEqualTo(NOON);
  }

  @Test
  void sendsTheSameEnrolmentAgainAfterALostAnswerAndARestart() {
    server
        .then(challenge())
        .then(Reply.cut())
        .then(Reply.cut())
        .then(Reply.cut())
        .then(Reply.cut());
    assertThatThrownBy(() -> client(issuer.root()).devices().enrol("phone", "739164"))
        .isInstanceOf(UnreachableException.class);

    wallet = Wallet.open(store, time.walletTime());
    server.then(this::enrolled);
    client(issuer.root()).devices().enrol("phone", "739164");

    assertThat(server.asked()).hasSize(6);
    Asked first = server.asked().get(1);
    Asked last = server.asked().get(5);
    assertThat(last.body()).isEqualTo(first.body());
    assertThat(last.headers().get("Idempotency-Key"))
        .isEqualTo(first.headers().get("Idempotency-Key"));
  }

  @Test
  void keepsTheRequestAfterAWrongPasswordAndDropsADeadOne() {
    server.then(challenge()).then(Reply.problem(403, "wrong-payment-password", "No."));
    assertThatThrownBy(() -> client(issuer.root()).devices().enrol("phone", "111111"))
        .isInstanceOf(ProblemException.Unauthorised.class);
    assertThat(wallet.state().pending()).isNotNull();
    assertThat(wallet.state().pending().body()).doesNotContain("111111");

    server.then(Reply.problem(409, "challenge-refused", "Too late."));
    assertThatThrownBy(() -> client(issuer.root()).devices().enrol("phone", "739164"))
        .isInstanceOf(ProblemException.Conflict.class);
    assertThat(wallet.state().pending()).isNull();
  }

  @Test
  void believesNoOtherRoot() {
    server.then(challenge()).then(this::enrolled);
    Sm2PublicKey other = new TestIssuer().root();
    assertThatThrownBy(() -> client(other).devices().enrol("phone", "739164"))
        .isInstanceOf(UntrustedAnswerException.class);
    assertThat(wallet.state().enrolment()).isNull();
  }

  @Test
  void believesNoAuthorisationForAnotherKey() {
    server
        .then(challenge())
        .then(asked ->
            answer(io.tallystick.protocol.crypto.Sm2PrivateKey.generate(random).publicKey()));
    assertThatThrownBy(() -> client(issuer.root()).devices().enrol("phone", "739164"))
        .isInstanceOf(UntrustedAnswerException.class)
        .hasMessageContaining("another device key");
  }

  @Test
  void renewsWithTheSameKeyAndAFreshSignature() {
    server.then(challenge()).then(this::enrolled);
    Enrolment before = client(issuer.root()).devices().enrol("phone", "739164");
    server
        .then(Reply.json(200, "{\"serverTime\":\"2026-03-02T12:00:00Z\"}"))
        .then(asked -> answer(before.deviceKey().publicKey()));
    Enrolment after = client(issuer.root()).devices().renew("739164");

    assertThat(after.deviceKey().publicKey()).isEqualTo(before.deviceKey().publicKey());
    Asked asked = server.asked().get(3);
    assertThat(asked.path()).isEqualTo("/v1/devices/" + device + "/renewals");
    JsonObject body = JsonParser.parseString(asked.body()).getAsJsonObject();
    assertThat(body.get("signedAt").getAsLong())
        .isEqualTo(Instant.parse("2026-03-02T12:00:00Z").getEpochSecond());
  }

  @Test
  void showsAnOnlineCodeAndFallsBackWithoutOne() {
    server.then(challenge()).then(this::enrolled);
    client(issuer.root()).devices().enrol("phone", "739164");
    server.then(
        Reply.json(
            201,
            "{\"code\":\"37180429517734960218\",\"expiresAt\":\"2026-03-01T12:01:00Z\",\"serverTime\":\"2026-03-01T12:00:00Z\"}"));
    assertThat(client(issuer.root()).codes().current()).isInstanceOf(CodeView.Online.class);

    server.then(Reply.problem(429, "too-many-requests", "30 a minute."));
    assertThat(client(issuer.root()).codes().refresh()).isInstanceOf(CodeView.Offline.class);
    server.close();
    assertThat(client(issuer.root()).codes().current()).isInstanceOf(CodeView.Offline.class);
  }

  private WalletClient client(Sm2PublicKey root) {
    PlatformAddresses addresses =
        new PlatformAddresses(server.base(), server.base(), server.base(), server.base());
    String claims =
        Base64.getUrlEncoder().withoutPadding().encodeToString("{\"sub\":\"payer-1\"}".getBytes());
    return WalletClient.connect(
        wallet,
        JdkHttpTransport.create(),
        addresses,
        PayerSession.of(() -> "e30." + claims + ".x"),
        root);
  }

  private static Reply challenge() {
    return Reply.json(
        201, "{\"challenge\":\"Y2hhbGxlbmdl\",\"expiresAt\":\"2026-03-01T12:05:00Z\"}");
  }

  private Reply enrolled(Asked asked) {
    JsonObject body = JsonParser.parseString(asked.body()).getAsJsonObject();
    return answer(Sm2PublicKey.fromCompressed(bytes(body, "devicePublicKey")));
  }

  private Reply answer(Sm2PublicKey key) {
    Instant expiresAt = NOON.plusSeconds(30 * 86_400L);
    JsonObject prefixes = new JsonObject();
    prefixes.addProperty("offline", "36");
    prefixes.addProperty("online", "37");
    JsonObject answer = new JsonObject();
    answer.addProperty("deviceId", device.toString());
    answer.addProperty("name", "phone");
    answer.addProperty("seed", Base64.getEncoder().encodeToString(seed.toBytes()));
    answer.addProperty("alias", Alias.generate(random).digits());
    answer.addProperty("seedExpiresAt", expiresAt.toString());
    answer.addProperty(
        "authorisation",
        Base64.getEncoder()
            .encodeToString(issuer.authorise(device, key, 20_000, 20, expiresAt).encode()));
    answer.addProperty(
        "rootPublicKey", Base64.getEncoder().encodeToString(issuer.root().compressed()));
    answer.add("codePrefixes", prefixes);
    answer.addProperty("serverTime", NOON.toString());
    return Reply.json(201, answer.toString());
  }

  private static byte[] bytes(JsonObject json, String name) {
    return Base64.getDecoder().decode(json.get(name).getAsString());
  }
}
