package io.tallystick.verify.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.api.events.v1.TapConflict;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.api.events.v1.TapSide;
import io.tallystick.api.verify.v1.SubmitTapsResponse;
import io.tallystick.protocol.crypto.Sm2PrivateKey;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.proof.DoubleSpendProof;
import io.tallystick.protocol.proof.ProofStatus;
import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.ReceiptStatement;
import io.tallystick.protocol.tap.TapHalf;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.protocol.tap.TerminalDecision;
import io.tallystick.verify.device.postgres.PostgresRevocations;
import io.tallystick.verify.testing.Eventually;
import io.tallystick.verify.testing.Issuer;
import io.tallystick.verify.testing.Parallel;
import io.tallystick.verify.testing.TapUpload;
import io.tallystick.verify.testing.Taps;
import io.tallystick.verify.testing.Taps.Tap;
import io.tallystick.verify.testing.TestTerminal;
import io.tallystick.verify.testing.VerifyIT;
import io.tallystick.verify.testing.Wallet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SubmitTapsIT extends VerifyIT {

  private Instant now;

  @BeforeEach
  void takeTheTime() {
    now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Test
  void acceptsATerminalsHalfAndWritesOneEvent() throws Exception {
    Tap tap = Taps.tap(wallet, terminal, 1, 1_500, now);

    SubmitTapsResponse answer = TapUpload.of(terminal, tap.terminalHalf());

    assertThat(answer.getAccepted().getPaymentId()).isEqualTo(tap.paymentId());
    assertThat(answer.getAccepted().getDuplicate()).isFalse();
    assertThat(outbox.received(wallet.payerId()))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getPaymentId()).isEqualTo(tap.paymentId());
          assertThat(event.getSide()).isEqualTo(TapSide.TAP_SIDE_TERMINAL);
          assertThat(event.getAmount().getAmountMinor()).isEqualTo(1_500);
          assertThat(event.getReceiptAmount().getAmountMinor()).isEqualTo(1_500);
          assertThat(event.getCounter()).isEqualTo(1);
          assertThat(event.getMissingCounters()).isZero();
          assertThat(event.getLate()).isFalse();
          assertThat(event.getTappedAt().getSeconds()).isEqualTo(now.getEpochSecond());
          assertThat(event.getTokenDigest().toByteArray()).isEqualTo(tap.token().digest().bytes());
          assertThat(event.getMerchantId()).isEqualTo(terminal.merchantId());
        });
  }

  @Test
  void answersTheSameHalfAgainWithoutASecondEvent() throws Exception {
    Tap tap = Taps.tap(wallet, terminal, 1, 1_500, now);
    byte[] half = tap.terminalHalf();

    List<SubmitTapsResponse> answers = TapUpload.of(terminal, List.of(half, half, half));
    SubmitTapsResponse later = TapUpload.of(terminal, half);

    assertThat(answers).allMatch(SubmitTapsResponse::hasAccepted);
    assertThat(answers).filteredOn(answer -> !answer.getAccepted().getDuplicate()).hasSize(1);
    assertThat(later.getAccepted().getDuplicate()).isTrue();
    assertThat(outbox.received(wallet.payerId())).hasSize(1);
  }

  @Test
  void keepsTheSecondTokenOfASerialAsEvidence() throws Exception {
    TestTerminal other = terminals.register();
    Tap first = Taps.tap(wallet, terminal, 7, 1_000, now);
    Tap second = Taps.tap(wallet, other, 7, 2_000, now);

    SubmitTapsResponse accepted = TapUpload.of(terminal, first.terminalHalf());
    SubmitTapsResponse conflict = TapUpload.of(other, second.terminalHalf());
    SubmitTapsResponse again = TapUpload.of(other, second.terminalHalf());

    assertThat(accepted.hasAccepted()).isTrue();
    assertThat(conflict.getConflict().getSerial()).isEqualTo(first.token().serial().toString());
    assertThat(again).isEqualTo(conflict);
    assertThat(outbox.received(wallet.payerId())).hasSize(1);
    TapConflict event = outbox.conflicts(wallet.payerId()).getFirst();
    assertThat(outbox.conflicts(wallet.payerId())).hasSize(1);
    assertThat(event.getEvidenceId()).isEqualTo(conflict.getConflict().getEvidenceId());
    assertThat(event.getSecondMerchantId()).isEqualTo(other.merchantId());
    DoubleSpendProof proof = DoubleSpendProof.parse(event.getProof().toByteArray());
    assertThat(proof.verify(seed.issuer().root())).isEqualTo(ProofStatus.PROVEN);
  }

  @Test
  void letsOneOfTwoTokensStandWhenTheyRace() throws Exception {
    TestTerminal other = terminals.register();
    for (int counter = 1; counter <= 10; counter++) {
      Tap first = Taps.tap(wallet, terminal, counter, 1_000, now);
      Tap second = Taps.tap(wallet, other, counter, 2_000, now);

      List<SubmitTapsResponse> answers =
          Parallel.run(
              2,
              i ->
                  () ->
                      i == 0
                          ? TapUpload.of(terminal, first.terminalHalf())
                          : TapUpload.of(other, second.terminalHalf()));

      assertThat(answers).filteredOn(SubmitTapsResponse::hasAccepted).hasSize(1);
      assertThat(answers).filteredOn(SubmitTapsResponse::hasConflict).hasSize(1);
    }
    assertThat(outbox.received(wallet.payerId())).hasSize(10);
    assertThat(outbox.conflicts(wallet.payerId())).hasSize(10);
  }

  @Test
  void takesTheSameTapSignedTwiceForOneTap() throws Exception {
    TapToken token = Taps.tap(wallet, terminal, 1, 1_000, now).token();
    TapToken signedAgain =
        TapToken.sign(token.authorisation(), token.body(), wallet.deviceKey(), new SecureRandom());
    Receipt receipt = Taps.receipt(token, terminal.key(), now, TerminalDecision.ACCEPTED);

    SubmitTapsResponse first = TapUpload.of(terminal, TapHalf.ofTerminal(token, receipt).encode());
    SubmitTapsResponse second =
        TapUpload.of(terminal, TapHalf.ofTerminal(signedAgain, receipt).encode());

    assertThat(first.getAccepted().getDuplicate()).isFalse();
    assertThat(second.getAccepted().getDuplicate()).isTrue();
  }

  @Test
  void recordsCountersThatAreMissing() throws Exception {
    TapUpload.of(terminal, Taps.tap(wallet, terminal, 3, 100, now).terminalHalf());
    TapUpload.of(terminal, Taps.tap(wallet, terminal, 10, 100, now).terminalHalf());
    TapUpload.of(terminal, Taps.tap(wallet, terminal, 6, 100, now).terminalHalf());

    assertThat(outbox.received(wallet.payerId()).stream().map(TapReceived::getMissingCounters))
        .containsExactly(2, 6, 2);
    assertThat(gaps()).containsExactly("1-2", "4-5", "7-9");
  }

  /// Two transactions have read what is known of a device's counters: each must see what the other
  /// notes.
  @Test
  void recordsCountersOfTapsThatArriveTogether() throws Exception {
    TapUpload.of(terminal, Taps.tap(wallet, terminal, 1, 100, now).terminalHalf());
    try (ExecutorService uploads = Executors.newFixedThreadPool(2)) {
      List<Future<SubmitTapsResponse>> answers =
          database.inTransaction(handle -> {
            handle
                .createQuery("SELECT 1 FROM device_counter WHERE device_id = :device FOR UPDATE")
                .bind("device", wallet.deviceId().toString())
                .mapTo(Integer.class)
                .one();
            List<Future<SubmitTapsResponse>> sent = new ArrayList<>();
            for (int counter : new int[] {5, 9}) {
              byte[] half = Taps.tap(wallet, terminal, counter, 100, now).terminalHalf();
              sent.add(uploads.submit(() -> TapUpload.of(terminal, half)));
              int count = sent.size();
              assertThat(Eventually.get(() -> waitingForLocks(handle), waiting -> waiting >= count))
                  .isEqualTo(count);
            }
            return sent;
          });
      for (Future<SubmitTapsResponse> answer : answers) {
        assertThat(answer.get().hasAccepted()).isTrue();
      }
    }

    assertThat(gaps()).containsExactly("2-4", "6-8");
  }

  private static long waitingForLocks(Handle handle) {
    return handle
        .createQuery("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        .mapTo(Long.class)
        .one();
  }

  private List<String> gaps() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT first_counter || '-' || last_counter FROM counter_gap"
                    + " WHERE device_id = :device ORDER BY first_counter")
            .bind("device", wallet.deviceId().toString())
            .mapTo(String.class)
            .list());
  }

  @Test
  void refusesAnotherTerminalsHalf() throws Exception {
    TestTerminal sameMerchant = terminals.register(terminal.merchantId(), "t2");
    TestTerminal otherMerchant = terminals.register();
    byte[] half = Taps.tap(wallet, terminal, 1, 100, now).terminalHalf();

    assertRefused(TapUpload.of(sameMerchant, half), "not_your_terminal");
    assertRefused(TapUpload.of(otherMerchant, half), "not_your_terminal");
    assertThat(outbox.received(wallet.payerId())).isEmpty();
  }

  @Test
  void refusesAWalletsHalfFromATerminal() throws Exception {
    byte[] half = Taps.tap(wallet, terminal, 1, 100, now).walletHalf();

    assertRefused(TapUpload.of(terminal, half), "wrong_side");
  }

  @Test
  void refusesForgeriesByTheFirstGuardThatFails() throws Exception {
    Tap tap = Taps.tap(wallet, terminal, 1, 100, now);
    Sm2PrivateKey strange = Sm2PrivateKey.generate(new SecureRandom());
    Wallet other = seed.enrol("tap-payer-other-" + number());

    // Somebody else's authorisation before a body signed by this device.
    TapToken swapped =
        new TapToken(other.authorisation(), tap.token().body(), tap.token().signature());
    // An issuer that our root did not certify.
    var foreign =
        new Issuer()
            .authorise(wallet.deviceId(), wallet.deviceKey().publicKey(), "0123456789abcdef");
    TapToken wrongRoot = Taps.token(wallet.deviceKey(), foreign, terminal, 1, 100, now);
    // A receipt signed by a key that is not the terminal's.
    Receipt forged = Taps.receipt(tap.token(), strange, now, TerminalDecision.ACCEPTED);
    // The terminal's receipt for another token.
    Receipt foreignReceipt = Taps.tap(other, terminal, 1, 100, now).receipt();

    assertRefused(
        TapUpload.of(
            terminal,
            TapHalf.ofTerminal(
                    swapped, Taps.receipt(swapped, terminal.key(), now, TerminalDecision.ACCEPTED))
                .encode()),
        "device_signature");
    assertRefused(
        TapUpload.of(
            terminal,
            TapHalf.ofTerminal(
                    wrongRoot,
                    Taps.receipt(wrongRoot, terminal.key(), now, TerminalDecision.ACCEPTED))
                .encode()),
        "root_signature");
    assertRefused(
        TapUpload.of(terminal, TapHalf.ofTerminal(tap.token(), forged).encode()),
        "receipt_key_mismatch");
    assertRefused(
        TapUpload.of(terminal, TapHalf.ofTerminal(tap.token(), foreignReceipt).encode()),
        "receipt_serial_mismatch");
    assertThat(outbox.received(wallet.payerId())).isEmpty();
  }

  @Test
  void refusesEveryTruncationAndEveryFlippedBit() throws Exception {
    byte[] half = Taps.tap(wallet, terminal, 1, 100, now).terminalHalf();
    List<byte[]> broken = new ArrayList<>();
    for (int length = 0; length < half.length; length += 7) {
      broken.add(Arrays.copyOf(half, length));
    }
    for (int at = 0; at < half.length; at += 5) {
      byte[] flipped = half.clone();
      flipped[at] ^= 0x10;
      broken.add(flipped);
    }
    broken.add(new byte[4097]);

    List<SubmitTapsResponse> answers = TapUpload.of(terminal, broken);

    assertThat(answers).allMatch(SubmitTapsResponse::hasRefused);
    assertThat(outbox.received(wallet.payerId())).isEmpty();
    assertThat(TapUpload.of(terminal, half).hasAccepted()).isTrue();
  }

  @Test
  void refusesWhatTheTerminalItselfRefused() throws Exception {
    TapToken token = Taps.tap(wallet, terminal, 1, 100, now).token();
    Receipt receipt = Taps.receipt(token, terminal.key(), now, TerminalDecision.REFUSED);

    assertRefused(
        TapUpload.of(terminal, TapHalf.ofTerminal(token, receipt).encode()), "refused_at_terminal");
  }

  @Test
  void passesOnAReceiptOverAnotherAmountAsADispute() throws Exception {
    TapToken token = Taps.tap(wallet, terminal, 1, 100, now).token();
    ReceiptStatement said =
        ReceiptStatement.about(
            token, TerminalDecision.ACCEPTED, now, terminal.key().publicKey(), Optional.empty());
    ReceiptStatement more =
        new ReceiptStatement(
            said.serial(),
            said.tokenDigest(),
            Money.of(999, "CNY"),
            said.merchant(),
            said.terminal(),
            said.time(),
            said.terminalKey(),
            0,
            0,
            said.terminalHead(),
            said.decision());
    Receipt receipt = Receipt.sign(more, terminal.key(), new SecureRandom());

    SubmitTapsResponse answer = TapUpload.of(terminal, TapHalf.ofTerminal(token, receipt).encode());

    assertThat(answer.hasAccepted()).isTrue();
    TapReceived event = outbox.received(wallet.payerId()).getFirst();
    assertThat(event.getAmount().getAmountMinor()).isEqualTo(100);
    assertThat(event.getReceiptAmount().getAmountMinor()).isEqualTo(999);
  }

  @Test
  void acceptsAReceiptSignedBeforeTheTerminalsKeyWasReplaced() throws Exception {
    Tap before = Taps.tap(wallet, terminal, 1, 100, now);
    Sm2PrivateKey newKey = Sm2PrivateKey.generate(new SecureRandom());
    clock.advance(Duration.ofMinutes(1));
    terminals.register(terminal.merchantId(), terminal.terminalId(), newKey);
    clock.advance(Duration.ofMinutes(1));
    Instant later = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Tap after = Taps.tap(wallet, terminal, 2, 100, later);

    assertThat(TapUpload.of(terminal, before.terminalHalf()).hasAccepted()).isTrue();
    assertRefused(TapUpload.of(terminal, after.terminalHalf()), "receipt_key_mismatch");
  }

  @Test
  void judgesARevokedDeviceByTheTerminalsTime() throws Exception {
    Instant revokedAt = now.plusSeconds(60);
    seed.revoke(wallet, revokedAt);
    clock.advance(Duration.ofMinutes(3));
    Tap before = Taps.tap(wallet, terminal, 1, 100, now);
    Tap after = Taps.tap(wallet, terminal, 2, 100, now.plusSeconds(90));

    assertThat(TapUpload.of(terminal, before.terminalHalf()).hasAccepted()).isTrue();
    assertRefused(TapUpload.of(terminal, after.terminalHalf()), "device_revoked");
  }

  @Test
  void refusesARevokedDeviceThatOnlyTheStreamSpokeOf() throws Exception {
    database.useTransaction(handle ->
        PostgresRevocations.note(
            handle, wallet.deviceId().toString(), wallet.payerId(), now, "operator"));

    Tap tap = Taps.tap(wallet, terminal, 1, 100, now.plusSeconds(1));

    assertRefused(TapUpload.of(terminal, tap.terminalHalf()), "device_revoked");
  }

  @Test
  void refusesADeviceWithinTwoSecondsOfItsRevocation() throws Exception {
    assertThat(
            TapUpload.of(terminal, Taps.tap(wallet, terminal, 1, 100, now).terminalHalf())
                .hasAccepted())
        .isTrue();
    seed.revoke(wallet, now);
    long revoked = System.nanoTime();
    long counter = 2;

    SubmitTapsResponse answer;
    long began;
    do {
      began = System.nanoTime();
      Tap tap = Taps.tap(wallet, terminal, counter++, 100, now);
      answer = TapUpload.of(terminal, tap.terminalHalf());
    } while (answer.hasAccepted() && began - revoked < 2_000_000_000L);

    assertRefused(answer, "device_revoked");
  }

  @Test
  void flagsALateUploadAndRefusesAVeryLateOne() throws Exception {
    Tap late = Taps.tap(wallet, terminal, 1, 100, now);
    Tap tooLate = Taps.tap(wallet, terminal, 2, 100, now);
    clock.advance(Duration.ofHours(73));

    assertThat(TapUpload.of(terminal, late.terminalHalf()).hasAccepted()).isTrue();
    assertThat(outbox.received(wallet.payerId()).getFirst().getLate()).isTrue();

    clock.advance(Duration.ofDays(28));
    assertRefused(TapUpload.of(terminal, tooLate.terminalHalf()), "too_old");
  }

  @Test
  void takesAThousandHalvesThroughOneStream() throws Exception {
    List<byte[]> halves = new ArrayList<>();
    for (int counter = 1; counter <= 1_000; counter++) {
      halves.add(Taps.tap(wallet, terminal, counter, 10, now).terminalHalf());
    }
    long began = System.nanoTime();

    List<SubmitTapsResponse> answers = TapUpload.of(terminal, halves);

    Duration took = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf("1,000 halves through one stream: %d ms%n", took.toMillis());
    assertThat(answers).allMatch(answer -> answer.hasAccepted());
    assertThat(answers).noneMatch(answer -> answer.getAccepted().getDuplicate());
    assertThat(outbox.received(wallet.payerId())).hasSize(1_000);
    assertThat(
            outbox.received(wallet.payerId()).stream().mapToInt(TapReceived::getCounter).distinct())
        .hasSize(1_000);
  }

  @Test
  void endsTheStreamUnacknowledgedWhenSeedServiceIsAway() throws Exception {
    Tap tap = Taps.tap(wallet, terminal, 1, 100, now);
    seed.away(true);

    TapUpload upload = TapUpload.open(terminal);
    upload.send(1, tap.terminalHalf());

    assertThat(upload.done())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withMessageContaining("UNAVAILABLE");
    assertThat(upload.answers()).isEmpty();
    seed.away(false);
    assertThat(TapUpload.of(terminal, tap.terminalHalf()).getAccepted().getDuplicate()).isFalse();
  }

  private static void assertRefused(SubmitTapsResponse answer, String reason) {
    assertThat(answer.getRefused().getReason()).isEqualTo(reason);
    assertThat(answer.getRefused().getExplanation()).isNotBlank();
  }
}
