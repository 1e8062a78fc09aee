package io.tallystick.sdk.wallet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.log.LogHead;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.model.Nonce;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.protocol.tap.LocationCell;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapAnswer;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TerminalDecision;
import io.tallystick.sdk.wallet.KeptTap.Upload;
import io.tallystick.sdk.wallet.MemoryWalletStore;
import io.tallystick.sdk.wallet.TestIssuer;
import io.tallystick.sdk.wallet.TestTime;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.http.JdkHttpTransport;
import io.tallystick.sdk.wallet.http.RestClient;
import io.tallystick.sdk.wallet.http.RetryPolicy;
import io.tallystick.sdk.wallet.http.ScriptedServer;
import io.tallystick.sdk.wallet.http.ScriptedServer.Asked;
import io.tallystick.sdk.wallet.http.ScriptedServer.Reply;
import io.tallystick.sdk.wallet.http.UnreachableException;
import io.tallystick.sdk.wallet.tap.TapContext;
import io.tallystick.sdk.wallet.tap.TapPolicy;
import io.tallystick.sdk.wallet.tap.TapWallet;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HalfUploadIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final Sm2PrivateKey terminalKey = Sm2PrivateKey.generate(random);
  private final TestTime time = new TestTime(NOON);
  private final Wallet wallet = Wallet.open(new MemoryWalletStore(), time.walletTime());
  private final TapWallet taps =
      TapWallet.of(wallet, TapPolicy.DEFAULT, () -> TapContext.at(LocationCell.UNKNOWN));
  private ScriptedServer server;
  private HalfUpload upload;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    RestClient verifyService =
        RestClient.of(JdkHttpTransport.create(), server.base(), () -> "t")
            .retrying(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2)));
    upload = new HalfUpload(wallet, verifyService);
    wallet.update(state ->
        new Change<>(
            state.enrolled(new TestIssuer().enrol(100_000, 255, NOON.plusSeconds(86_400))), true));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keepsWhatThePlatformSaysOfEachHalf() {
    for (int i = 0; i < 4; i++) {
      tap(true);
    }
    server.then(
        Reply.json(
            200,
            """
            {"results":[
              {"sequence":0,"accepted":{"paymentId":"tap_0","duplicate":false}},
              {"sequence":1,"accepted":{"paymentId":"tap_1","duplicate":true}},
              {"sequence":2,"conflict":{"serial":"00","evidenceId":"evidence-1"}},
              {"sequence":3,"refused":{"reason":"too_late","explanation":"It is too late."}}]}\
            """));
    List<HalfUpload.Result> results = upload.uploadWaiting();

    assertThat(results.stream().map(result -> result.tap().upload()))
        .containsExactly(
            new Upload.Accepted("tap_0"),
            new Upload.Accepted("tap_1"),
            new Upload.Conflict("evidence-1"),
            new Upload.Refused("too_late", "It is too late."));
    assertThat(results.get(1).duplicate()).isTrue();
    assertThat(wallet.state().waiting()).isEmpty();
    assertThat(wallet.state().tapUse().tapsSinceOnline()).isZero();
    assertThat(upload.uploadWaiting()).isEmpty();
  }

  @Test
  void uploadsWhatItSigned() {
    TapToken token = tap(true);
    server.then(this::accepted);
    upload.uploadWaiting();
    JsonObject half =
        JsonParser.parseString(server.asked().get(0).body())
            .getAsJsonObject()
            .getAsJsonArray("halves")
            .get(0)
            .getAsJsonObject();
    TapHalf sent = TapHalf.parse(Base64.getDecoder().decode(half.get("half").getAsString()));
    assertThat(sent.side()).isEqualTo(TapHalf.Side.WALLET);
    assertThat(sent.token()).isEqualTo(token);
    assertThat(sent.isPositionConsistent()).isTrue();
    assertThat(server.asked().get(0).path()).isEqualTo("/v1/taps");
  }

  @Test
  void keepsATapWithoutReceiptToItself() {
    tap(false);
    TapToken confirmed = tap(true);
    server.then(this::accepted);
    assertThat(upload.uploadWaiting().stream().map(result -> result.tap().token()))
        .containsExactly(confirmed);
    assertThat(wallet.state().waiting()).hasSize(1);
    assertThat(wallet.state().tapUse().tapsSinceOnline()).isZero();
  }

  @Test
  void forgetsATapWithoutReceiptWhenNobodyCanUploadItAnyMore() {
    TapToken torn = tap(false);
    time.pass(Duration.ofDays(31).plusSeconds(1));
    wallet.update(state ->
        new Change<>(
            state.renewed(
                new TestIssuer()
                    .enrol(
                        state.enrolment().deviceId(),
                        state.enrolment().deviceKey(),
                        100_000,
                        255,
                        NOON.plus(Duration.ofDays(60)))),
            true));
    tap(false);
    assertThat(wallet.state().tap(torn.serial())).isEmpty();
  }

  @Test
  void repeatsACallWhoseAnswerGotLost() {
    tap(true);
    server.then(Reply.cut()).then(this::accepted);
    assertThat(upload.uploadWaiting()).hasSize(1);
    assertThat(server.asked().get(1).body()).isEqualTo(server.asked().get(0).body());
  }

  @Test
  void keepsTheHalvesWhenThePlatformIsAway() {
    tap(true);
    assertThatThrownBy(upload::uploadWaiting).isInstanceOf(UnreachableException.class);
    assertThat(wallet.state().uploadable()).hasSize(1);
    assertThat(wallet.state().tapUse().tapsSinceOnline()).isEqualTo(1);
  }

  @Test
  void uploadsManyInBatches() {
    for (int i = 0; i < 120; i++) {
      tap(true);
    }
    for (int i = 0; i < 3; i++) {
      server.then(this::accepted);
    }
    assertThat(upload.uploadWaiting()).hasSize(120);
    assertThat(server.asked()).hasSize(3);
  }

  private Reply accepted(Asked asked) {
    JsonArray results = new JsonArray();
    JsonParser.parseString(asked.body())
        .getAsJsonObject()
        .getAsJsonArray("halves")
        .forEach(half -> {
          JsonObject accepted = new JsonObject();
          accepted.addProperty("paymentId", "tap_x");
          accepted.addProperty("duplicate", false);
          JsonObject result = new JsonObject();
          result.add("sequence", half.getAsJsonObject().get("sequence"));
          result.add("accepted", accepted);
          results.add(result);
        });
    JsonObject answer = new JsonObject();
    answer.add("results", results);
    return Reply.json(200, answer.toString());
  }

  private TapToken tap(boolean receipt) {
    TapAnswer answer =
        taps.answer(
            new TapRequest(
                MerchantId.of("shop-1"),
                TerminalId.of("till-1"),
                Money.of(100, "CNY"),
                Nonce.generate(random),
                time.instant(),
                LogHead.GENESIS));
    TapToken token = ((TapAnswer.Signed) answer).token();
    if (receipt) {
      taps.keepReceipt(
          token,
          Receipt.sign(
              ReceiptStatement.about(
                  token,
                  TerminalDecision.ACCEPTED,
                  time.instant(),
                  terminalKey.publicKey(),
                  Optional.empty()),
              terminalKey,
              random));
    }
    return token;
  }
}
